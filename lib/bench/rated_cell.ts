import type { ComparedMode } from "../model/comparison.ts";
import type { Cell } from "../model/grid.ts";

/** A cell that was measured against serial. */
export interface RatedCell
  extends Pick<ComparedMode, "ratio" | "interval" | "verdict" | "itemsPerSecond" | "lagP99Ms" | "samples"> {
  readonly cell: Cell;
  /** To start its slots, in milliseconds: the median of its runs. */
  readonly startMs: number;
}
