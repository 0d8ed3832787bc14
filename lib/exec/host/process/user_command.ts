import { v8Flag } from "../../../own_program.ts";
import { readableEntries } from "./readable_entries.ts";
import type { DisposableCommand } from "./slot_command.ts";

/**
 * The user's own Deno with the project's configuration, so that its import map, npm packages and TypeScript work. It starts
 * in the project's folder, where it looks for the configuration, and then changes to our working folder. It does not
 * download what is not in its cache, because a job has no network.
 */
export function userCommand(program: string, projectFolder: string): DisposableCommand {
  const modules = readableEntries("process", "slot");
  const flags = ["--cached-only", "--no-prompt", "--no-check", "--quiet", "--allow-all", "--unstable-worker-options"];
  return {
    program,
    args: ["run", ...flags, v8Flag, "--ext=js", "-"],
    cwd: projectFolder,
    stdin: `Deno.chdir(${JSON.stringify(Deno.cwd())}); await import(${JSON.stringify(modules.entries[0].href)});`,
    [Symbol.dispose]: () => modules[Symbol.dispose](),
  };
}
