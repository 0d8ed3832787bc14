import { entryFolder, entryPoint } from "../../../entry_points.ts";
import { ownProgram, v8Flag } from "../../../own_program.ts";
import { fileUrl } from "../../../paths.ts";
import { slotArgument } from "../../../program_arguments.ts";

/** How to start a program that becomes a slot. The address to connect to is added as its last argument. */
export interface SlotCommand {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  /** Written to its stdin. */
  readonly stdin?: string;
}

/** A command. Disposing cleans up its files when no slot is left. */
export type DisposableCommand = SlotCommand & Disposable;

/** A child process of our own program. The job runs in a thread with its own permissions. */
export function ownCommand(): DisposableCommand {
  return { ...ownProgram(slotArgument, entryPoint("process")), [Symbol.dispose]() {} };
}

/**
 * The user's own Deno with the project's configuration, so that its import map, npm packages and TypeScript work. It starts
 * in the project's folder, where it looks for the configuration, and then changes to our working folder. It does not
 * download what is not in its cache, because a job has no network.
 */
export function userCommand(program: string, projectFolder: string): DisposableCommand {
  const modules = Deno.build.standalone ? unpackModules() : { process: entryPoint("process"), [Symbol.dispose]() {} };
  const flags = ["--cached-only", "--no-prompt", "--no-check", "--quiet", "--allow-all", "--unstable-worker-options"];
  return {
    program,
    args: ["run", ...flags, v8Flag, "--ext=js", "-"],
    cwd: projectFolder,
    stdin: `Deno.chdir(${JSON.stringify(Deno.cwd())}); await import(${JSON.stringify(modules.process.href)});`,
    [Symbol.dispose]: () => modules[Symbol.dispose](),
  };
}

/** Copies the modules of a slot to a temporary folder, because another Deno cannot read the files inside our executable. */
function unpackModules(): { readonly process: URL } & Disposable {
  const folder = Deno.makeTempDirSync({ prefix: "tandem_" });
  const target = fileUrl(`${folder}/`);
  const copied = new Set<string>();
  const copy = (from: URL): URL => {
    const to = new URL(from.href.slice(entryFolder.href.length), target);
    if (copied.has(from.href)) return to;
    copied.add(from.href);
    const text = Deno.readTextFileSync(from);
    Deno.mkdirSync(new URL("./", to), { recursive: true });
    Deno.writeTextFileSync(to, text);
    // The bundler writes what a module imports as a relative path in double quotes.
    for (const [, specifier] of text.matchAll(/"(\.{1,2}\/[\w./-]+\.js)"/g)) copy(new URL(specifier, from));
    return to;
  };
  copy(entryPoint("slot"));
  return { process: copy(entryPoint("process")), [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }) };
}
