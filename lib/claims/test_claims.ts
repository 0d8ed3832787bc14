import type { Clock } from "../clock.ts";
import { NoWholeRound } from "../errors.ts";
import { advise } from "../bench/advice.ts";
import { costOfRuns, warmupItems, withControl } from "../bench/amount.ts";
import { calibrate, type Calibration } from "../bench/calibrate.ts";
import { compareCells, ratiosIn, type SuiteView, viewSuite } from "../bench/compared_modes.ts";
import { loadsOf } from "../bench/contention.ts";
import { corners } from "../bench/corners.ts";
import { controlOf, type Entrant, entrantId, type EntrantRun, entrantsOf } from "../bench/entrant.ts";
import type { JobWork } from "../bench/job_work.ts";
import { fewerRounds } from "../bench/notices.ts";
import { endsOf, logRatiosOf, runsOf } from "../bench/pairs.ts";
import { phasesOf } from "../bench/phases.ts";
import { sameItems, sliceAt } from "../bench/run_items.ts";
import type { Meter } from "../bench/machine_load.ts";
import { measureSuite } from "../bench/suite.ts";
import { openTimeBox, type TimeBox } from "../bench/time_box.ts";
import type { Host } from "../exec/host/host.ts";
import { encodeJsonItem } from "../exec/input/value_source.ts";
import type { ClaimsResult, ComparedWork, Comparison } from "../model/claim.ts";
import type { Cell, Mode } from "../model/grid.ts";
import { estimateRatio } from "../stats/ratio_estimate.ts";
import type { Claim } from "./claim.ts";
import { judge } from "./judge.ts";
import { type Work, works } from "./works.ts";

/** How many rounds there will be. */
export interface SuiteSchedule {
  readonly rounds: number;
  readonly warmupRounds: number;
  readonly runsPerRound: number;
}

/** How claims are tested. */
export interface ClaimsWanted {
  /** Runs of each work in each mode. */
  readonly rounds: number;
  readonly seed: number;
  /** Threads of the modes `threads` and `both`; by default one for each usable core, 2 at least. */
  readonly threads?: number;
  /** Tasks of the modes `tasks` and `both`, in all threads together. */
  readonly tasks: number;
  /** Time limit, in milliseconds; rounds are reduced to keep it. */
  readonly maxMs: number;
}

/** What testing needs from its caller. */
export interface ClaimsCaller {
  readonly clock: Clock;
  /** Ends the rounds early. */
  readonly signal: AbortSignal;
  readonly cores: { readonly all: number; readonly usable: number };
  /** When the time limit begins, by the clock, in milliseconds. */
  readonly startMs: number;
  readonly host: Host;
  /** Reads CPU time and memory; by default those of this process. */
  readonly meter?: Meter;
  /** Called, and awaited, before the first run and after each one: the number of runs so far, and the rounds there will be. */
  readonly onRun?: (runs: number, schedule: SuiteSchedule) => Promise<void>;
}

/** What the calibration of one work may take, in milliseconds. */
const calibrationMs = 300;

/** Rounds are planned for this share of the time that is left, because the machine may slow down. */
const plannedShare = 0.85;

/** A work that is measured: what runs, and what its calibration found. */
interface MeasuredWork extends Work {
  readonly work: JobWork;
  readonly bytes: readonly Uint8Array[];
  readonly calibration: Calibration;
}

/**
 * Measures the works that the claims are about in all modes, and judges the claims.
 *
 * @throws {NoWholeRound} the time was up before the first round was over; if the caller stopped it by then, its signal's reason
 */
export async function testClaims(
  claims: readonly Claim[],
  wanted: ClaimsWanted,
  caller: ClaimsCaller,
): Promise<ClaimsResult> {
  const { clock, signal: stop, cores, startMs, onRun } = caller;
  const { seed, tasks, maxMs, threads = Math.max(2, cores.usable) } = wanted;
  const cells = corners(threads, tasks);
  using box = openTimeBox(clock, startMs, maxMs, stop);
  const measured = await calibrateWorks(claims, caller, box.signal);
  const rounds = roundsThatFit(measured, cells, wanted.rounds, cores.usable, box);
  const entrants = measured.map((one) => entrantsIn(one, cells));
  const control = controlOf(entrants[0][0]);
  const all = [...entrants.flat(), control];
  const schedule = { rounds, warmupRounds: 0, runsPerRound: all.length };
  const suite = await measureSuite(all, {
    ...schedule,
    seed,
    clock,
    box,
    stop,
    onRun: (runs) => onRun?.(runs, schedule),
  });
  if (suite.rounds === 0) throw box.signal.reason ?? new NoWholeRound(maxMs);
  const needed = { all: cores.all, needed: Math.min(threads, cores.usable) };
  const view = viewSuite(suite.runs, { baseline: entrants[0][0].id, control: control.id }, needed);
  const tested = claims.map((claim) => ({ claim, effect: effectOf(claim, suite.runs, cells) }));
  const verdicts = judge(tested, { cores, control: view.control, loads: loadsOf(suite.runs) });
  return {
    rounds: suite.rounds,
    control: view.control,
    contention: view.contention,
    claims: tested.map(({ claim: { id, sentence, source }, effect }, i) => ({
      id,
      sentence,
      source,
      ...verdicts[i],
      effect: effect.ratio,
      interval: effect.interval,
      evidence: effect,
    })),
    counts: {
      holds: count(verdicts, "holds"),
      fails: count(verdicts, "fails"),
      unclear: count(verdicts, "unclear"),
      skipped: count(verdicts, "skipped"),
    },
    works: measured.map((one, i) => comparedWork(one, entrants[i], view)),
    notices: fewerRounds({ ...suite, planned: wanted.rounds, ended: suite.ended ?? "time" }),
  };
}

/** Calibrates each work that a claim is about. */
async function calibrateWorks(
  claims: readonly Claim[],
  { clock, host, meter }: ClaimsCaller,
  signal: AbortSignal,
): Promise<readonly MeasuredWork[]> {
  const measured: MeasuredWork[] = [];
  for (const one of works.filter(({ id }) => claims.some(({ work }) => work === id))) {
    const job = { kind: "builtin", name: one.job } as const;
    const work: JobWork = { job, name: one.id, input: "json", host, meter, clock, signal };
    const bytes = one.items.map(encodeJsonItem);
    const calibration = await calibrate(work, sliceAt(bytes, bytes.map((_, place) => place)), calibrationMs);
    signal.throwIfAborted(); // what it has found is not enough to plan rounds
    measured.push({ ...one, work, bytes, calibration });
  }
  return measured;
}

/** How many rounds the time allows: one at least. */
function roundsThatFit(
  measured: readonly MeasuredWork[],
  cells: readonly Cell[],
  wanted: number,
  usableCores: number,
  box: TimeBox,
): number {
  const roundMs = measured.map(({ bytes: { length: items }, calibration }, i) => {
    const runs = i === 0 ? withControl(cells) : cells; // the control is the first work once more
    const { startsMs, perItemMs } = costOfRuns(runs, { usableCores, items }, calibration);
    return startsMs + items * perItemMs;
  }).reduce((sum, ms) => sum + ms, 0);
  return Math.max(1, Math.min(wanted, Math.floor(plannedShare * box.leftMs() / roundMs)));
}

function entrantsIn({ work, bytes, calibration }: MeasuredWork, cells: readonly Cell[]): readonly Entrant[] {
  const places = bytes.map((_, place) => place);
  const itemsFor = sameItems(bytes, places, 1, (cell) => warmupItems(cell, calibration, bytes.length));
  return entrantsOf(work.name, cells, { work, itemsFor });
}

/** The claim's mode against its baseline. */
function effectOf({ work, baseline, mode }: Claim, runs: readonly EntrantRun[], cells: readonly Cell[]): Comparison {
  const idOf = (wanted: Mode) => entrantId(work, cells.find((cell) => cell.mode === wanted) ?? cells[0]);
  const logRatios = logRatiosOf(runs, idOf(baseline), idOf(mode));
  const rounds = logRatios.length;
  const { ratio, interval } = estimateRatio(logRatios);
  return { work, baseline, mode, ratio, interval: endsOf(interval), rounds, ratios: logRatios.map(Math.exp) };
}

function comparedWork({ id, about, bytes }: MeasuredWork, entrants: readonly Entrant[], view: SuiteView): ComparedWork {
  const modes = compareCells(entrants, view);
  const phases = phasesOf(runsOf(view.runs, entrants[0].id));
  const advice = advise({ cells: modes, ratioOf: ratiosIn(view, entrants), phases });
  return { work: id, about, itemCount: bytes.length, modes, advice };
}

function count(verdicts: readonly { readonly verdict: string }[], word: string): number {
  return verdicts.filter(({ verdict }) => verdict === word).length;
}
