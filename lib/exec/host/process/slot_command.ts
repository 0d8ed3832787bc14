import { entryFolder, entryPoint } from "../../../entry_points.ts";
import { filePath, fileUrl } from "../../../paths.ts";
import type { SlotCommand } from "./process_host.ts";
import { slotArgument } from "./slot_argument.ts";

/** A command. Disposing cleans up its files when no slot is left. */
export type DisposableCommand = SlotCommand & Disposable;

/**
 * A child process of our own program: the executable itself, or the same Deno with the same sources. Its main thread runs our
 * relay, so the process has all permissions. The job runs in a thread with its own permissions.
 */
export function ownCommand(): DisposableCommand {
  const program = Deno.execPath();
  const dispose = { [Symbol.dispose]() {} };
  if (Deno.build.standalone) return { program, args: [slotArgument], ...dispose };
  const config = filePath(new URL("deno.json", entryFolder));
  const flags = [
    "--quiet", // else Deno erases our progress whenever a thread loads modules
    "--frozen",
    "--cached-only",
    "--no-prompt",
    "--no-check",
    "--unstable-lazy-dynamic-imports",
    "--allow-all",
  ];
  const args = [
    "run",
    "--v8-flags=--max-semi-space-size=8",
    ...flags,
    "--config",
    config,
    filePath(entryPoint("process")),
  ];
  return { program, args, ...dispose };
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
    args: ["run", ...flags, "--ext=js", "-"],
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
