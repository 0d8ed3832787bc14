import { entryFolder } from "./entry_points.ts";
import { filePath } from "./paths.ts";

/** How a program is started. */
export interface ProgramStart {
  readonly program: string;
  readonly args: readonly string[];
}

/**
 * The young generation of each thread's heap, in MiB: V8's own default depends on the machine. All threads of jobs have the same,
 * so that what `compare` measures holds for `run`; the tasks `start` and `compile` of deno.json say it too.
 */
export const v8Flag = "--v8-flags=--max-semi-space-size=8";

/**
 * Starts our own program once more, as a child that is not a command: the executable itself, or the same Deno with the same
 * sources. `argument` says what it becomes; in the sources, `entry` is the module that runs. The child's main thread is ours,
 * so it has all permissions.
 */
export function ownProgram(argument: string, entry: URL = new URL("main.ts", entryFolder)): ProgramStart {
  const program = Deno.execPath();
  if (Deno.build.standalone) return { program, args: [argument] };
  const config = filePath(new URL("deno.json", entryFolder));
  const flags = [
    "--quiet", // else Deno erases the progress on a terminal whenever a thread loads modules
    "--frozen",
    "--cached-only",
    "--no-prompt",
    "--no-check",
    "--unstable-lazy-dynamic-imports",
    "--allow-all",
    v8Flag,
  ];
  return { program, args: ["run", ...flags, "--config", config, filePath(entry), argument] };
}
