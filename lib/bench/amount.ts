import type { Cell } from "../model/grid.ts";
import type { Calibration } from "./calibrate.ts";

/** How much is measured: items of a run, how often a run goes through them, and rounds. */
export interface Amount {
  readonly items: number;
  readonly passes: number;
  readonly rounds: number;
}

/** What bounds the amount. */
export interface AmountWanted {
  readonly items: number;
  readonly rounds: number;
  /** Rounds before them, which count for nothing. */
  readonly warmupRounds: number;
  /** Time for all rounds together, in milliseconds. */
  readonly maxMs: number;
  readonly cells: readonly Cell[];
  readonly usableCores: number;
}

/** Fewer rounds than this have no 95 % interval. */
export const minRounds = 6;

/** Time in which each thread runs items before the clock starts: it compiles what it needs. */
const warmMs = 20;

/**
 * A run of the fastest cell should last so long, in milliseconds: what slots idle at its start and end then weighs little. Shorter
 * ones go through their items several times.
 */
const wantedRunMs = 100;

/** Runs of a round: each cell, and serial once more as the control. */
export function runsPerRound(cells: readonly Cell[]): number {
  return cells.length + 1;
}

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

/**
 * Several passes where runs would be short; else fewer items, or fewer rounds, so that the time is kept. Rounds go before items
 * that are so few that starting slots would take longer than running them, down to 6; then items; then the last rounds.
 */
export function chooseAmount(wanted: AmountWanted, calibration: Calibration): Amount {
  const { items, rounds, cells } = wanted;
  const { startsMs, perItemMs } = costOfRound(wanted, calibration);
  const enough = Math.min(items, Math.max(8 * maxThreads(cells), Math.ceil(startsMs / perItemMs)));
  for (let count = rounds; count > minRounds; count--) {
    const fits = itemsThatFit(wanted, calibration, count);
    if (fits >= enough) return { ...passesOf(wanted, calibration, fits), rounds: count };
  }
  const min = Math.min(items, minItems(cells));
  for (let count = Math.min(rounds, minRounds); count > 1; count--) {
    const fits = itemsThatFit(wanted, calibration, count);
    if (fits >= min) return { ...passesOf(wanted, calibration, fits), rounds: count };
  }
  return { ...passesOf(wanted, calibration, Math.max(min, itemsThatFit(wanted, calibration, 1))), rounds: 1 };
}

/** A run of fewer items has nothing to do at once: two for each thread. */
export function minItems(cells: readonly Cell[]): number {
  return 2 * maxThreads(cells);
}

function passesOf({ items, cells, usableCores }: AmountWanted, calibration: Calibration, fits: number) {
  if (fits < 2 * items) return { items: Math.min(items, fits), passes: 1 };
  const minRunMs = items * Math.min(...cells.map((cell) => itemIn(cell, usableCores, calibration)));
  return { items, passes: Math.max(1, Math.min(Math.ceil(wantedRunMs / minRunMs), Math.floor(fits / items))) };
}

/** How many items a run can have if so many rounds are to take the time that there is. */
export function itemsThatFit(wanted: AmountWanted, calibration: Calibration, rounds: number): number {
  const { startsMs, perItemMs } = costOfRound(wanted, calibration);
  return Math.floor((wanted.maxMs / (rounds + wanted.warmupRounds) - startsMs) / perItemMs);
}

/** What a round costs without any items, and what one more item in each run adds to it, in milliseconds. */
function costOfRound({ cells, usableCores, items }: AmountWanted, calibration: Calibration) {
  const runs = cells.concat(cells[0]); // the control too
  return {
    startsMs: runs.reduce((sum, cell) => sum + startOf(cell, usableCores, calibration, items), 0),
    perItemMs: runs.reduce((sum, cell) => sum + itemIn(cell, usableCores, calibration), 0),
  };
}

/** What one more item adds to a run of a cell, in milliseconds. */
function itemIn({ threads, tasks }: Cell, usableCores: number, { itemMs, computingMs = itemMs }: Calibration): number {
  return Math.max(computingMs / Math.min(threads, usableCores), itemMs / (threads * tasks));
}

/** A thread's first reading of its processor time takes so long (Node's `process` is made), and so it ends; in milliseconds. */
const firstReadingMs = 15;

/** Time to start a pool and to warm it up. */
function startOf(cell: Cell, usableCores: number, calibration: Calibration, items: number): number {
  const { startMs, itemMs } = calibration;
  const { threads } = cell;
  const warm = warmupItems(cell, calibration, items) * itemMs / Math.min(threads, usableCores);
  return (startMs + firstReadingMs) * Math.max(1, threads / usableCores) + warm;
}

function maxThreads(cells: readonly Cell[]): number {
  return Math.max(...cells.map(({ threads }) => threads));
}
