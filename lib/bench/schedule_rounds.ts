import {
  type Amount,
  type AmountWanted,
  chooseAmount,
  chooseTasks,
  costOfRuns,
  minItems,
  minRounds,
  warmupItems,
  withControl,
} from "./amount.ts";
import type { Calibration } from "./calibrate.ts";
import { corners } from "./corners.ts";
import { chooseOnce, itemsTaken, itemsToCalibrate } from "./once.ts";
import { drawPlaces, type ItemList, type ItemsFor, ItemsOnce, sameItems } from "./run_items.ts";
import { sweepCells } from "./sweep.ts";
import { limitFor } from "./time_box.ts";
import { NoWholeRound, TooFewItems } from "../errors.ts";
import type { Cell, Mode } from "../model/grid.ts";
import type { RoundSchedule } from "../model/round_schedule.ts";

/** What the caller wants from a comparison. */
export interface MeasurementOptions {
  readonly threads: number;
  /** In all threads together; undefined: chosen by how much of its time an item waits. */
  readonly tasks: number | undefined;
  readonly rounds: number;
  readonly warmupRounds: number;
  /** No item may run twice. */
  readonly once: boolean;
  readonly seed: number;
  /** Also sweeps threads and tasks. */
  readonly grid: boolean;
  /** Two jobs, and the modes in which they are compared. Undefined: one job, in all modes. */
  readonly twoJobs?: { readonly modes: readonly Mode[]; readonly faster: Calibration };
  /** Time limit of the whole comparison, in milliseconds. */
  readonly maxMs: number;
}

/** What will be measured: cells, and the items of each run. */
export interface Measurement {
  /** The modes; then the other cells of a sweep. */
  readonly cells: readonly Cell[];
  readonly amount: Amount;
  readonly itemsFor: ItemsFor;
  /** What is shown to the user before the first round. */
  readonly schedule: RoundSchedule;
  /** How many items have run so far, counted from the first; undefined if items run more than once. */
  itemsUsed(): number | undefined;
}

/** Rounds are planned for this share of the time that is left, because the machine may slow down. */
const plannedShare = 0.85;

/** The time limit of a comparison that can have rounds of so many milliseconds in all. */
export function limitForRounds(ms: number): number {
  return limitFor(ms / plannedShare);
}

/**
 * Chooses tasks, items and rounds. The number of threads is given.
 *
 * @throws {TooFewItems} with `once`, there are too few items
 * @throws {NoWholeRound} not even one round fits the time
 */
export function scheduleRounds(
  values: MeasurementOptions,
  items: ItemList,
  calibration: Calibration,
  usableCores: number,
  leftMs: number,
): Measurement {
  const { threads, rounds, warmupRounds, once, seed, maxMs, twoJobs } = values;
  const tasksFor = (count: number) => values.tasks ?? chooseTasks(calibration, count, threads);
  const cellsFor = (tasks: number, count: number) => {
    const modes = corners(threads, tasks).filter(({ mode }) => twoJobs?.modes.includes(mode) ?? true);
    return values.grid ? sweepCells(modes, usableCores, count) : modes;
  };
  const ofAllJobs = (cells: readonly Cell[]) => twoJobs === undefined ? cells : [...cells, ...cells];
  const tasks = tasksFor(items.length);
  const planned = cellsFor(tasks, items.length);
  const wanted = {
    items: items.length,
    rounds,
    warmupRounds,
    maxMs: plannedShare * leftMs,
    cells: ofAllJobs(planned),
    usableCores,
    faster: twoJobs?.faster,
  };
  const amount = once ? chooseOnce(wanted, calibration) : chooseAmount(wanted, calibration);
  if (amount === undefined) {
    throw tooFew((count) => cellsFor(tasksFor(count), count), values, items.length, calibration);
  }
  const least = leastRound(wanted, calibration);
  if ((1 + warmupRounds) * least.ms > leftMs) throw noRoundFits(least, values, leftMs);
  const narrowed = cellsFor(values.tasks ?? Math.min(tasks, amount.items * amount.passes), items.length);
  // a sweep may have more cells with fewer tasks: time and items are planned for these
  const cells = narrowed.length > planned.length ? planned : narrowed;
  const warmupOf = (cell: Cell) => warmupItems(cell, calibration, amount.items);
  const warmup = Math.max(...cells.map(warmupOf));
  const schedule = {
    ...amount,
    itemsGiven: items.length,
    roundsWanted: rounds,
    warmupRounds,
    runsPerRound: withControl(ofAllJobs(cells)).length,
    warmup,
    calibrated: calibration.items,
    maxMs,
    once: once ? itemsTaken(cells, amount.rounds + warmupRounds, amount.items, calibration) : undefined,
  };
  if (once) {
    const own = new ItemsOnce(items, calibration.items, amount.items, warmupOf);
    return { cells, amount, itemsFor: (cell) => own.next(cell), schedule, itemsUsed: () => own.used };
  }
  const places = drawPlaces(amount.items, items.length, seed);
  const itemsFor = sameItems(items, places, amount.passes, warmupOf);
  return { cells, amount, itemsFor, schedule, itemsUsed: () => undefined };
}

/** The shortest round that there can be. */
interface LeastRound {
  /** Items of a run. */
  readonly items: number;
  /** Time that its items take at least, if they compute as little as they may. */
  readonly ms: number;
  /** Time to start slots and to warm them up: an estimate, as the first start, which was measured, is the slowest. */
  readonly startsMs: number;
}

function leastRound(wanted: AmountWanted, calibration: Calibration): LeastRound {
  const { computingMs = 0 } = calibration;
  const { startsMs, perItemMs } = costOfRuns(withControl(wanted.cells), wanted, { ...calibration, computingMs });
  const items = Math.min(wanted.items, minItems(wanted.cells));
  return { items, ms: items * perItemMs, startsMs };
}

/** The time that it proposes is enough for an interval. */
function noRoundFits({ items, ms, startsMs }: LeastRound, values: MeasurementOptions, leftMs: number): NoWholeRound {
  const { rounds, warmupRounds, maxMs } = values;
  const allMs = (Math.min(rounds, minRounds) + warmupRounds) * (startsMs + ms) / plannedShare;
  const neededMs = limitFor(maxMs - leftMs + allMs);
  return new NoWholeRound(maxMs, { kind: "round", items, roundMs: ms, neededMs });
}

/**
 * The number that it proposes is enough. Of more items the calibration takes more, unless it had no time for all of these, and
 * a sweep may have more cells.
 */
function tooFew(
  cellsFor: (items: number) => readonly Cell[],
  { rounds, warmupRounds }: MeasurementOptions,
  given: number,
  calibration: Calibration,
): TooFewItems {
  const wasCutOff = calibration.items < itemsToCalibrate(given);
  const neededOf = (items: number) => {
    const cells = cellsFor(items);
    const all = Math.min(rounds, minRounds) + warmupRounds;
    const calibrated = wasCutOff ? calibration.items : itemsToCalibrate(items);
    return calibrated + itemsTaken(cells, all, minItems(cells), calibration);
  };
  let needed = given;
  while (neededOf(needed) > needed) needed = neededOf(needed);
  return new TooFewItems(needed, given);
}
