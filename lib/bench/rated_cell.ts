import type { ComparedMode } from "../model/comparison.ts";
import type { Cell } from "../model/grid.ts";

/** A cell, and how it compares with serial. */
export interface RatedCell
  extends Pick<ComparedMode, "ratio" | "interval" | "verdict" | "itemsPerSecond" | "lagP99Ms" | "samples"> {
  readonly cell: Cell;
  /** How long its slots took to start, in milliseconds: the median of its runs. */
  readonly startMs: number;
}
