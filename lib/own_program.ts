import { entryFolder, mainModule } from "./entry_points.ts";
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

/** How Deno runs our modules where they are not in an executable. `--config` and the module follow. */
export const runFlags: readonly string[] = [
  "--quiet", // else Deno erases the progress on a terminal whenever a thread loads modules
  "--frozen",
  "--cached-only",
  "--no-prompt",
  "--no-check",
  "--unstable-lazy-dynamic-imports",
  "--allow-all",
  v8Flag,
];

/**
 * Starts our own program once more, as a child that is not a command: the executable itself, or the same Deno with the same
 * modules. `argument` says what it becomes; outside an executable, `entry` is the module that runs. The child's main thread is ours,
 * so it has all permissions.
 */
export function ownProgram(argument: string, entry: URL = mainModule): ProgramStart {
  const program = Deno.execPath();
  if (Deno.build.standalone) return { program, args: [argument] };
  const config = filePath(new URL("deno.json", entryFolder));
  return { program, args: ["run", ...runFlags, "--config", config, filePath(entry), argument] };
}
