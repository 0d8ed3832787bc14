import type { Command } from "../table/command.ts";

/** Values that come from one place. */
export interface Layer {
  /** The name of a variable, or the path of a file. */
  readonly from: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The commands, for the names in a file. */
export interface Table {
  readonly commandNames: readonly string[];
  loadCommands(): Promise<readonly Command[]>;
}
