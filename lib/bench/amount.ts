import type { Cell } from "../model/grid.ts";
import type { Calibration } from "./calibrate.ts";

/** How much is measured: the items of a run, how often a run goes through them, and the number of rounds. */
export interface Amount {
  readonly items: number;
  readonly passes: number;
  readonly rounds: number;
}

/** What limits the amount. */
export interface AmountWanted {
  readonly items: number;
  readonly rounds: number;
  /** Warm-up rounds before them, which do not count. */
  readonly warmupRounds: number;
  /** Time for all rounds together, in milliseconds. */
  readonly maxMs: number;
  /** The cells of a round: those of two jobs are in it twice. */
  readonly cells: readonly Cell[];
  readonly usableCores: number;
  /** What the items of the faster one of two jobs take. Where it is given, the calibration is the mean of both. */
  readonly faster?: Calibration;
}

/** With fewer rounds there is no 95 % interval. */
export const minRounds = 6;

/** How long each thread runs items before the clock starts, in milliseconds, so that its code is compiled. */
const warmMs = 20;

/**
 * How long a run of the fastest cell should take, in milliseconds. Then the idle time of slots at its start and end hardly
 * matters. A shorter run goes through its items several times.
 */
const wantedRunMs = 100;

/** Maximum items of a run, as all of them are in memory before its clock starts: 100 MB of views of short ones. */
export const maxRunItems = 1_000_000;

/** The cells of a round's runs: each one, and serial once more as the control. */
export function withControl(cells: readonly Cell[]): readonly Cell[] {
  return cells.concat(cells[0]);
}

/** How many items warm up the pool of a cell. */
export function warmupItems({ threads }: Cell, { itemMs }: Calibration, items: number): number {
  return Math.min(items, threads * Math.min(1000, Math.max(1, Math.ceil(warmMs / itemMs))));
}

/**
 * How many tasks the modes `tasks` and `both` have, in all threads together: at least twice as many as keep each thread computing
 * while its other tasks wait. A power of 2 from 8 to 256, but no more than there are items. 32 if it is unknown how long an
 * item computes.
 */
export function chooseTasks({ itemMs, computingMs }: Calibration, items: number, threads: number): number {
  if (computingMs === undefined) return Math.min(32, items);
  const enough = 2 ** Math.ceil(Math.log2(2 * threads * itemMs / Math.max(computingMs, 1e-3)));
  return Math.max(1, Math.min(items, 256, Math.max(8, enough)));
}

/**
 * Chooses an amount that fits the time. Short runs get several passes. If time is short, items are reduced first, down to 8
 * per thread, and only as far as running them takes longer than starting slots. Then rounds are reduced, down to 6; then
 * items, down to 2 per thread; then the last rounds.
 */
export function chooseAmount(wanted: AmountWanted, calibration: Calibration): Amount {
  const { items, rounds, cells } = wanted;
  const { startsMs, perItemMs } = costOfRuns(withControl(cells), wanted, calibration);
  const enough = Math.min(items, maxRunItems, Math.max(8 * maxThreads(cells), Math.ceil(startsMs / perItemMs)));
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

/** The minimum number of items of a run: two for each thread. With fewer there is nothing to run in parallel. */
export function minItems(cells: readonly Cell[]): number {
  return 2 * maxThreads(cells);
}

function passesOf({ items, cells, usableCores, faster }: AmountWanted, calibration: Calibration, fits: number) {
  if (fits < 2 * items) return { items: Math.min(items, fits), passes: 1 };
  const minRunMs = items * Math.min(...cells.map((cell) => itemIn(cell, usableCores, faster ?? calibration)));
  return { items, passes: Math.max(1, Math.min(Math.ceil(wantedRunMs / minRunMs), Math.floor(fits / items))) };
}

/** How many items a run can have if `rounds` rounds are to fit the time and a run the memory. */
export function itemsThatFit(wanted: AmountWanted, calibration: Calibration, rounds: number): number {
  const { startsMs, perItemMs } = costOfRuns(withControl(wanted.cells), wanted, calibration);
  return Math.min(maxRunItems, Math.floor((wanted.maxMs / (rounds + wanted.warmupRounds) - startsMs) / perItemMs));
}

/** What some runs cost without any items, and what one more item in each of them adds, in milliseconds. */
export function costOfRuns(
  runs: readonly Cell[],
  { usableCores, items }: Pick<AmountWanted, "usableCores" | "items">,
  calibration: Calibration,
) {
  return {
    startsMs: runs.reduce((sum, cell) => sum + startOf(cell, usableCores, calibration, items), 0),
    perItemMs: runs.reduce((sum, cell) => sum + itemIn(cell, usableCores, calibration), 0),
  };
}

/** What one more item adds to a run of a cell, in milliseconds. */
function itemIn({ threads, tasks }: Cell, usableCores: number, { itemMs, computingMs = itemMs }: Calibration): number {
  return Math.max(computingMs / Math.min(threads, usableCores), itemMs / (threads * tasks));
}

/** How long a thread's first reading of its CPU time, which creates Node's `process`, and its end take, in milliseconds. */
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
