import { filePath, fileUrl } from "../../../paths.ts";
import type { SlotCommand } from "./process_host.ts";
import { slotArgument } from "./slot_argument.ts";

/** A command. Disposing cleans up its files when no slot is left. */
export type DisposableCommand = SlotCommand & Disposable;

const root = new URL("../../../../", import.meta.url);
const entry = "workers/process.ts";

/**
 * A child process of our own program: the executable itself, or the same Deno with the same sources. Its main thread runs our
 * relay, so the process has all permissions. The job runs in a thread with its own permissions.
 */
export function ownCommand(): DisposableCommand {
  const program = Deno.execPath();
  const dispose = { [Symbol.dispose]() {} };
  if (Deno.build.standalone) return { program, args: [slotArgument], ...dispose };
  const config = filePath(new URL("deno.json", root));
  const flags = ["--frozen", "--cached-only", "--no-prompt", "--no-check", "--allow-all", "--config", config];
  const args = ["run", "--v8-flags=--max-semi-space-size=8", ...flags, filePath(new URL(entry, root))];
  return { program, args, ...dispose };
}

/**
 * The user's own Deno with the project's configuration, so that its import map, npm packages and TypeScript work. It starts
 * in the project's folder, where it looks for the configuration, and then changes to our working folder. It does not
 * download what is not in its cache, because a job has no network.
 */
export function userCommand(program: string, projectFolder: string): DisposableCommand {
  const sources = Deno.build.standalone ? unpackSources() : { folder: filePath(root), [Symbol.dispose]() {} };
  const url = fileUrl(`${sources.folder}/${entry}`).href;
  const flags = ["--cached-only", "--no-prompt", "--no-check", "--quiet", "--allow-all", "--unstable-worker-options"];
  return {
    program,
    args: ["run", ...flags, "--ext=js", "-"],
    cwd: projectFolder,
    stdin: `Deno.chdir(${JSON.stringify(Deno.cwd())}); await import(${JSON.stringify(url)});`,
    [Symbol.dispose]: () => sources[Symbol.dispose](),
  };
}

/** Copies the modules of a slot to a temporary folder, because another Deno cannot read the files inside our executable. */
function unpackSources(): { readonly folder: string } & Disposable {
  const folder = Deno.makeTempDirSync({ prefix: "tandem_" });
  const copied = new Set<string>();
  const copy = (path: string) => {
    if (copied.has(path)) return;
    copied.add(path);
    const text = Deno.readTextFileSync(new URL(path, root));
    const file = `${folder}/${path}`;
    Deno.mkdirSync(file.slice(0, file.lastIndexOf("/")), { recursive: true });
    Deno.writeTextFileSync(file, text);
    // Every relative path that ends in .ts is an import or a thread's entry point. The executable has no type-only modules.
    const code = text.replace(/^(?:import|export) type [^;]*;/gm, "");
    for (const [, specifier] of code.matchAll(/"(\.{1,2}\/[\w./]+\.ts)"/g)) {
      copy(new URL(specifier, new URL(path, "file:///")).pathname.slice(1));
    }
  };
  copy(entry);
  return { folder, [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }) };
}
