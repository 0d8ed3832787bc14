import type { Clock } from "../clock.ts";
import { NoWholeRound } from "../errors.ts";
import type { JobComparison } from "../model/comparison.ts";
import type { Mode } from "../model/grid.ts";
import type { RoundSchedule } from "../model/round_schedule.ts";
import { margin } from "../stats/verdict.ts";
import { calibrate, meanCalibration } from "./calibrate.ts";
import type { SuiteView } from "./compared_modes.ts";
import { fewModes } from "./corners.ts";
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
import type { RunsTrace } from "./trace_runs.ts";
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
  /** Where a run of each mode is traced, after the rounds. */
  readonly trace?: RunsTrace;
}

/** A job without the signal that ends it, which its caller has. */
export type GivenWork = Omit<JobWork, "signal"> & { readonly signal?: AbortSignal };

/** An old job, to compare the job with. */
export interface AgainstWork {
  readonly old: GivenWork;
  /** In which modes; by how long an item computes by default, see fewModes. */
  readonly modes?: readonly Mode[];
  /** The smallest change worth reporting, as a ratio of 1 or more. */
  readonly within: number;
}

/** What the calibration of a job may take of the time limit; a second at most. */
const calibrationShare = 0.05;
const maxCalibrationMs = 1_000;

/** Items that do nothing, for our own cost: 20,000 resolve 0.1 us; where the time is short, 2 for each millisecond of it. */
const ownCostItems = 20_000;
const ownCostItemsPerMs = 2;

/**
 * Compares the modes over some items: calibrates, chooses an amount that fits the time, measures whole rounds, and rates them.
 * With an old job, both run over the same items in the same rounds, in some of the modes, and their outputs are compared, too.
 *
 * @throws {ItemFailed} an item failed
 * @throws {OutputsDiffer} modes gave different results
 * @throws {TooFewItems} with `once`
 * @throws {NoWholeRound} the time was up before
 */
export async function compareWork(
  given: GivenWork,
  items: ItemList,
  wanted: CompareWanted,
  { clock, signal: stop, cores, startMs, onRun, trace }: CompareCaller,
  against?: AgainstWork,
): Promise<JobComparison> {
  const { rounds = 12, warmupRounds = 0, maxMs = 30_000, once = false, seed = 42 } = wanted;
  const { threads = Math.max(2, cores.usable), tasks, grid = false, stopEarly = false, outputs = "equal" } = wanted;
  const { modeChanges } = against === undefined ? {} : await import("./mode_changes.ts");
  using box = openTimeBox(clock, startMs, maxMs, stop);
  const late: string[] = [];
  const onLateError = (message: string) => void late.push(message);
  const isOneOfTwo = against !== undefined;
  const workOf = (each: GivenWork): JobWork => ({ ...each, isOneOfTwo, clock, signal: box.signal, onLateError });
  const work = workOf(given);
  const old = against && workOf(against.old);
  const order = () => once ? inOrder(items, itemsToCalibrate(items.length)) : inRandomOrder(items, seed);
  const calibrationMs = Math.min(maxCalibrationMs, calibrationShare * maxMs);
  const own = await calibrate(work, order(), calibrationMs);
  const { mean: calibration, faster } = old === undefined
    ? { mean: own, faster: own }
    : meanCalibration(own, await calibrate(old, order(), calibrationMs));
  const ownCost = await measureOwnCost(work, threads, Math.min(ownCostItems, ownCostItemsPerMs * maxMs));
  box.signal.throwIfAborted(); // what they have found is not enough to plan rounds
  const twoJobs = against && { modes: against.modes ?? fewModes(calibration), faster };
  const options = { threads, tasks, rounds, warmupRounds, once, seed, grid, maxMs, twoJobs };
  const roundsMs = box.leftMs() * (trace === undefined ? 1 : rounds / (rounds + 1)); // one more run of each mode
  const { cells, amount, itemsFor, schedule, itemsUsed } = scheduleRounds(
    options,
    items,
    calibration,
    cores.usable,
    roundsMs,
  );
  const check = outputs === "equal" && !once ? await openOutputCheck() : undefined;
  const entrants = entrantsOf("job", cells, { work, itemsFor, outputs: check });
  const oldEntrants = old && entrantsOf("old job", cells, { work: old, itemsFor, outputs: check });
  const [baseline, ...others] = entrants;
  const pairs = oldEntrants === undefined
    ? others.map(({ id }) => ({ baseline: baseline.id, other: id }))
    : entrants.map(({ id }, i) => ({ baseline: oldEntrants[i].id, other: id }));
  const control = controlOf(baseline);
  const within = against?.within ?? margin;
  const changesIn = oldEntrants && modeChanges &&
    ((view: SuiteView) => modeChanges({ old: oldEntrants, now: entrants, control: control.id, within }, view));
  const suite = await measureSuite([...oldEntrants ?? [], ...entrants, control], {
    rounds: amount.rounds,
    warmupRounds,
    seed,
    clock,
    box,
    stop,
    onRun: (runs) => onRun?.(runs, schedule),
    isSettled: stopEarly ? (runs) => isSettled(runs, pairs, within) : undefined,
  });
  if (suite.rounds === 0) throw box.signal.reason ?? new NoWholeRound(maxMs);
  if (trace !== undefined) {
    const { traceRuns } = await import("./trace_runs.ts");
    await traceRuns([...oldEntrants ?? [], ...entrants], box, trace);
  }
  return jobComparison(suite, {
    job: work.name,
    amount,
    itemsGiven: items.length,
    once,
    itemsUsed: itemsUsed() ?? null,
    entrants,
    control: control.id,
    old: changesIn && { within, changesIn },
    cores,
    ownCost,
    digest: check?.digest,
    lateErrors: { errors: late.length, first: late[0] },
  });
}
