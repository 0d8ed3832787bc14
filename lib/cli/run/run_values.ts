import type { Grants } from "../job/grant_options.ts";
import type { IsolationFlags } from "../job/isolation.ts";
import type { Shard } from "../table/option.ts";
import type { JournalFlags } from "./journal_use.ts";
import type { WidthFlags } from "./width.ts";

/** The values of the command's flags; 0: not given. */
export interface RunValues extends Grants, WidthFlags, IsolationFlags, JournalFlags {
  readonly input: "json" | "lines";
  readonly output: "json" | "lines";
  readonly null: boolean;
  readonly ordered: boolean;
  readonly unordered: boolean;
  readonly tag: boolean;
  readonly errors: "stderr" | "inline";
  readonly maxLine: number;
  readonly maxResult: number;
  readonly limit: number;
  readonly retries: number;
  readonly failFast: boolean;
  readonly shard: Shard | undefined;
  readonly quiet: boolean;
  readonly exportJson: string | undefined;
  readonly plan: string | undefined;
}
