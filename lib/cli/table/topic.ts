import type { Command } from "./command.ts";

/** One topic of the help. Its text is loaded when it is asked for. */
export interface Topic {
  readonly summary: string;
  /** It is for programs: no character of it may change. */
  readonly exact?: boolean;
  load(commands: readonly Command[]): Promise<string>;
}
