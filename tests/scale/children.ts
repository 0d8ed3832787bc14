import type { ProgramStart } from "../../lib/own_program.ts";

/** A program whose measurements come to a bad end. */
export const hostile: ProgramStart = {
  program: Deno.execPath(),
  args: [
    "run",
    "--frozen",
    "--cached-only",
    "--no-prompt",
    "--no-check",
    "--allow-all",
    new URL("hostile_program.ts", import.meta.url).pathname,
  ],
};

/** A command line in a shell with a limit, like `-n 64`. */
export function limited(limit: string): readonly string[] {
  return ["sh", "-c", `ulimit ${limit} && exec "$@"`, "sh"];
}
