import { filePath, fileUrl } from "../../../paths.ts";
import type { SlotCommand } from "./process_host.ts";
import { slotArgument } from "./slot_argument.ts";

/** A command, and what has to be cleared away when no slot is left. */
export type DisposableCommand = SlotCommand & Disposable;

const root = new URL("../../../../", import.meta.url);
const entry = "workers/process.ts";

/**
 * A child of our own program: the executable itself, or the same Deno with the same sources. Its main thread is ours and
 * relays, so it has all permissions; the job runs in a thread that has its own.
 */
export function ownCommand(): DisposableCommand {
  const program = Deno.execPath();
  const dispose = { [Symbol.dispose]() {} };
  if (Deno.build.standalone) return { program, args: [slotArgument], ...dispose };
  const config = filePath(new URL("deno.json", root));
  const flags = [
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
    filePath(new URL(entry, root)),
  ];
  return { program, args, ...dispose };
}

/**
 * The user's own Deno, with the configuration that it finds in the project: so its import map, npm packages and TypeScript
 * work. It starts in the project's folder, because that is where it looks, and goes back to ours. What is not in its
 * cache is not fetched: a job has no network.
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

/** Another Deno cannot read what is inside our executable: copies the modules of a slot to a folder of their own. */
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
    // Every relative path that ends in .ts is an import or a thread's entry point. Types alone are not in the executable.
    const code = text.replace(/^(?:import|export) type [^;]*;/gm, "");
    for (const [, specifier] of code.matchAll(/"(\.{1,2}\/[\w./]+\.ts)"/g)) {
      copy(new URL(specifier, new URL(path, "file:///")).pathname.slice(1));
    }
  };
  copy(entry);
  return { folder, [Symbol.dispose]: () => Deno.removeSync(folder, { recursive: true }) };
}
