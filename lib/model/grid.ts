import type { Ends } from "./interval.ts";

/** A corner or region of the grid: serial 1x1, tasks 1xK, threads Nx1, both NxK. */
export type Mode = "serial" | "tasks" | "threads" | "both";

/** One cell of the grid: `threads` threads, each running up to `tasks` items at once. */
export interface Cell {
  /** The mode that was measured. */
  readonly mode: Mode;
  /** How many threads. */
  readonly threads: number;
  /** Items that each thread runs at once. */
  readonly tasks: number;
}

/** What the interval of a cell's ratio to serial shows. */
export type ModeVerdict = "baseline" | "faster" | "slower" | "same" | "unclear";

/** One cell of a sweep over threads and tasks. */
export interface GridCell extends Pick<Cell, "threads" | "tasks"> {
  /** Items per second, at the median of the runs. */
  readonly itemsPerSecond: number;
  /** How many times faster it is than serial. */
  readonly ratio: number;
  /** The interval of the ratio; null for serial, and if there are too few rounds. */
  readonly interval: Ends | null;
  /** What the interval shows. */
  readonly verdict: ModeVerdict;
  /** 99 % of the timers fired no later than this, in milliseconds; null: not measured. */
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
  /** The cell with the most items per second. */
  readonly best: Pick<Cell, "threads" | "tasks">;
  /** How many other cells are not shown to be slower than the best one. */
  readonly asGood: number;
}
