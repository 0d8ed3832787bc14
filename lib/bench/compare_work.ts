import type { Clock } from "../clock.ts";
import { NoWholeRound } from "../errors.ts";
import type { JobComparison } from "../model/comparison.ts";
import type { RoundSchedule } from "../model/round_schedule.ts";
import { calibrate } from "./calibrate.ts";
import { controlOf, entrantsOf } from "./entrant.ts";
import type { JobWork } from "./job_work.ts";
import { jobComparison } from "./job_comparison.ts";
import { itemsToCalibrate } from "./once.ts";
import { openOutputCheck } from "./outputs.ts";
import { measureOwnCost } from "./own_cost.ts";
import { inOrder, inRandomOrder, type ItemList } from "./run_items.ts";
import { scheduleRounds } from "./schedule_rounds.ts";
import { isSettled } from "./settled.ts";
import { measureSuite } from "./suite.ts";
import { openTimeBox } from "./time_box.ts";

/** How modes are compared. */
export interface CompareWanted {
  /** Threads of the modes `threads` and `both`; by default one for each usable core, 2 at least. */
  readonly threads?: number;
  /** Tasks of the modes `tasks` and `both`, in all threads together; chosen by how long an item waits by default. */
  readonly tasks?: number;
  /** Runs of each mode, in shuffled rounds; 12 by default. */
  readonly rounds?: number;
  /** Rounds to run first, which do not count; none by default. */
  readonly warmupRounds?: number;
  /** Time limit for the whole comparison, in milliseconds, which items and rounds are reduced to keep; 30 s by default. */
  readonly maxMs?: number;
  /** No item may run twice: each run has items of its own, and outputs are not compared. */
  readonly once?: boolean;
  /** Measure many widths, not the four modes only. */
  readonly grid?: boolean;
  /** End as soon as every difference is settled. */
  readonly stopEarly?: boolean;
  /** Whether all modes must give the same outputs (`equal`, the default). */
  readonly outputs?: "equal" | "ignore";
  /** Seed of the shuffling, and of the drawing of items; 42 by default. */
  readonly seed?: number;
}

/** What a comparison needs from its caller besides the work. */
export interface CompareCaller {
  readonly clock: Clock;
  /** Ends the comparison: it resolves to what whole rounds have shown, and rejects with the reason if there are none. */
  readonly signal: AbortSignal;
  readonly cores: { readonly all: number; readonly usable: number };
  /** When the time limit begins, by the clock, in milliseconds. */
  readonly startMs: number;
  /** Called, and awaited, before the first run and after each one, with the number of runs so far: never while a clock runs. */
  readonly onRun?: (runs: number, schedule: RoundSchedule) => void | Promise<void>;
}

/** What the calibration may take of the time limit; a second at most. */
const calibrationShare = 0.05;
const maxCalibrationMs = 1_000;

/** Items that do nothing, for our own cost: 20,000 resolve 0.1 us; where the time is short, 2 for each millisecond of it. */
const ownCostItems = 20_000;
const ownCostItemsPerMs = 2;

/**
 * Compares the modes over some items: calibrates, chooses an amount that fits the time, measures whole rounds, and rates them.
 *
 * @throws {ItemFailed} an item failed
 * @throws {OutputsDiffer} modes gave different results
 * @throws {TooFewItems} with `once`
 * @throws {NoWholeRound} the time was up before
 */
export async function compareWork(
  { signal: _, ...given }: Omit<JobWork, "signal"> & { readonly signal?: AbortSignal },
  items: ItemList,
  wanted: CompareWanted,
  { clock, signal: stop, cores, startMs, onRun }: CompareCaller,
): Promise<JobComparison> {
  const { rounds = 12, warmupRounds = 0, maxMs = 30_000, once = false, seed = 42 } = wanted;
  const { threads = Math.max(2, cores.usable), tasks, grid = false, stopEarly = false, outputs = "equal" } = wanted;
  using box = openTimeBox(clock, startMs, maxMs, stop);
  const late: string[] = [];
  const onLateError = (message: string) => void late.push(message);
  const work: JobWork = { ...given, clock, signal: box.signal, onLateError };
  const order = once ? inOrder(items, itemsToCalibrate(items.length)) : inRandomOrder(items, seed);
  const calibrationMs = Math.min(maxCalibrationMs, calibrationShare * maxMs);
  const calibration = await calibrate(work, order, calibrationMs);
  const ownCost = await measureOwnCost(work, threads, Math.min(ownCostItems, ownCostItemsPerMs * maxMs));
  box.signal.throwIfAborted(); // what they have found is not enough to plan rounds
  const options = { threads, tasks, rounds, warmupRounds, once, seed, grid, maxMs };
  const { cells, amount, itemsFor, schedule, itemsUsed } = scheduleRounds(
    options,
    items,
    calibration,
    cores.usable,
    box.leftMs(),
  );
  const check = outputs === "equal" && !once ? await openOutputCheck() : undefined;
  const entrants = entrantsOf(work.name, cells, { work, itemsFor, outputs: check });
  const [serial, ...others] = entrants;
  const control = controlOf(serial);
  const suite = await measureSuite([...entrants, control], {
    rounds: amount.rounds,
    warmupRounds,
    seed,
    clock,
    box,
    stop,
    onRun: (runs) => onRun?.(runs, schedule),
    isSettled: stopEarly ? (runs) => isSettled(runs, serial.id, others.map(({ id }) => id)) : undefined,
  });
  if (suite.rounds === 0) throw box.signal.reason ?? new NoWholeRound(maxMs);
  return jobComparison(suite, {
    job: work.name,
    amount,
    itemsGiven: items.length,
    once,
    itemsUsed: itemsUsed() ?? null,
    entrants,
    control: control.id,
    cores,
    ownCost,
    digest: check?.digest,
    lateErrors: { errors: late.length, first: late[0] },
  });
}
