import type { Ends } from "./interval.ts";

/** A corner or region of the grid: serial 1x1, tasks 1xK, threads Nx1, both NxK. */
export type Mode = "serial" | "tasks" | "threads" | "both";

/** One cell of the grid: `threads` threads, each running up to `tasks` items at once. */
export interface Cell {
  /** The mode that was measured. */
  readonly mode: Mode;
  /** Threads. */
  readonly threads: number;
  /** Items that each thread runs at once. */
  readonly tasks: number;
}

/** What the interval of a cell's ratio to serial shows. */
export type ModeVerdict = "baseline" | "faster" | "slower" | "same" | "unclear";

/** One cell of a sweep over threads and tasks. */
export interface GridCell extends Pick<Cell, "threads" | "tasks"> {
  /** Items in a second, at the median of the runs. */
  readonly itemsPerSecond: number;
  /** How many times less time it took than serial. */
  readonly ratio: number;
  /** The interval of that ratio; null if there are too few rounds for one, and for serial. */
  readonly interval: Ends | null;
  /** What the interval shows. */
  readonly verdict: ModeVerdict;
  /** How late a timer fired in 99 % of all cases, in milliseconds. */
  readonly lagP99Ms: number | null;
  /** The times of its runs, by round, in milliseconds. */
  readonly samplesMs: readonly number[];
}

/** A sweep over threads and tasks. */
export interface Grid {
  /** The rows, ascending. */
  readonly threads: readonly number[];
  /** The columns, ascending: items that each thread runs at once. */
  readonly tasks: readonly number[];
  /** Row by row. */
  readonly cells: readonly GridCell[];
  /** The cell with the most items in a second. */
  readonly best: Pick<Cell, "threads" | "tasks">;
  /** How many others are not shown to be slower than the best one. */
  readonly asGood: number;
}
