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

/** What the interval of a new job's ratio to an old one shows. */
export type ChangeVerdict = Exclude<ModeVerdict, "baseline">;

/** `2×1`: threads times tasks. */
export function cellName({ threads, tasks }: Pick<Cell, "threads" | "tasks">): string {
  return `${threads}×${tasks}`;
}

/** `threads 2×1`: a cell with its mode. */
export function modeName(cell: Cell): string {
  return `${cell.mode} ${cellName(cell)}`;
}
