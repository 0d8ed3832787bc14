import type { Cell } from "../model.ts";
import type { Calibration } from "./calibrate.ts";

/** How much is measured: items of a run, and rounds. */
export interface Amount {
  readonly items: number;
  readonly rounds: number;
}

/** What bounds the amount. */
export interface AmountWanted {
  readonly items: number;
  readonly rounds: number;
  /** Time for all rounds together, in milliseconds. */
  readonly maxMs: number;
  readonly cells: readonly Cell[];
  readonly usableCores: number;
}

/** Runs of a round: the four modes, and serial once more. */
export const runsPerRound = 5;

/** Fewer rounds than this have no 95 % interval. */
export const fewestRounds = 6;

/** Time in which each thread runs items before the clock starts: it compiles what it needs. */
const warmMs = 20;

/** Items that warm up a pool of one cell. */
export function warmupItems({ threads }: Cell, { itemMs }: Calibration, items: number): number {
  return Math.min(items, threads * Math.min(1000, Math.max(1, Math.ceil(warmMs / itemMs))));
}

/**
 * Tasks for the modes that have some, in all threads together: enough that each thread computes while the others of its
 * tasks wait, twice over; a power of 2 from 8 to 256. 32 where nobody knows how long an item computes.
 */
export function chooseTasks({ itemMs, computingMs }: Calibration, items: number, threads: number): number {
  if (computingMs === undefined) return Math.min(32, items);
  const enough = 2 ** Math.ceil(Math.log2(2 * threads * itemMs / Math.max(computingMs, 1e-3)));
  return Math.max(1, Math.min(items, 256, Math.max(8, enough)));
}

/** Fewer rounds, at least 6, and then fewer items, so that the time is kept. */
export function chooseAmount(wanted: AmountWanted, calibration: Calibration): Amount {
  const { items, rounds, maxMs, cells, usableCores } = wanted;
  const threads = Math.max(...cells.map((cell) => cell.threads));
  const least = Math.min(items, 8 * threads);
  const perItemMs = perItem(cells, usableCores, calibration);
  const startsMs = cells.concat(cells[0]).reduce(
    (sum, cell) => sum + startOf(cell, usableCores, calibration, items),
    0,
  );
  const fits = (count: number) => Math.min(items, Math.floor((maxMs / count - startsMs) / perItemMs));
  for (let count = rounds; count > fewestRounds; count--) {
    if (fits(count) >= least) return { items: fits(count), rounds: count };
  }
  const count = Math.min(rounds, fewestRounds);
  return { items: Math.max(1, fits(count)), rounds: count };
}

/** Time for one more item in each run of a round, in milliseconds. */
function perItem(cells: readonly Cell[], usableCores: number, calibration: Calibration): number {
  const { itemMs, computingMs = itemMs } = calibration;
  const all = cells.concat(cells[0]);
  return all.reduce((sum, { threads, tasks }) => {
    return sum + Math.max(computingMs / Math.min(threads, usableCores), itemMs / (threads * tasks));
  }, 0);
}

/** Time to start a pool and to warm it up. */
function startOf(cell: Cell, usableCores: number, calibration: Calibration, items: number): number {
  const { startMs, itemMs } = calibration;
  const { threads } = cell;
  const warm = warmupItems(cell, calibration, items) * itemMs / Math.min(threads, usableCores);
  return startMs * Math.max(1, threads / usableCores) + warm;
}
