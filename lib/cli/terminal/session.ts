import type { Output } from "./output.ts";

/** What a command gets besides its values: where to write, and when to stop. */
export interface Session {
  readonly stdout: Output;
  readonly stderr: Output;
  /** Aborts on Ctrl-C and its like; the command then closes what it opened and returns. */
  readonly stop: AbortSignal;
}
