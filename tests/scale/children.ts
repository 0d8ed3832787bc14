import type { ProgramStart } from "../../lib/own_program.ts";
import { childArgument } from "../../lib/program_arguments.ts";

/** Starts a module with such permissions. */
function start(path: string, permissions: readonly string[], ...rest: readonly string[]): ProgramStart {
  const flags = ["--frozen", "--cached-only", "--no-prompt", "--no-check", ...permissions];
  return { program: Deno.execPath(), args: ["run", ...flags, new URL(path, import.meta.url).pathname, ...rest] };
}

/** A program whose measurements come to a bad end. */
export const hostile = start("hostile_program.ts", ["--allow-all"]);

/** Our own child without all permissions: it cannot read what is under /proc. */
export const withoutProc = start("../../main.ts", ["--allow-read", "--allow-sys", "--allow-run"], childArgument);

/** A command line in a shell with a limit, like `-n 64`. */
export function limited(limit: string): readonly string[] {
  return ["sh", "-c", `ulimit ${limit} && exec "$@"`, "sh"];
}
