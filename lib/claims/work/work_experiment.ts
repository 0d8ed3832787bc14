import { advise } from "../../bench/advice.ts";
import { chooseAmount, warmupItems } from "../../bench/amount.ts";
import { calibrate } from "../../bench/calibrate.ts";
import { compareCells, ratiosIn, viewSuite } from "../../bench/compared_modes.ts";
import { loadsOf, type RoundLoad } from "../../bench/contention.ts";
import { corners } from "../../bench/corners.ts";
import { controlOf, type EntrantRun, entrantsOf } from "../../bench/entrant.ts";
import type { JobWork } from "../../bench/job_work.ts";
import { fewerRounds } from "../../bench/notices.ts";
import { runsOf } from "../../bench/pairs.ts";
import { phasesOf } from "../../bench/phases.ts";
import { drawPlaces, inOrder, sameItems } from "../../bench/run_items.ts";
import { measureSuite } from "../../bench/suite.ts";
import { NoWholeRound } from "../../errors.ts";
import { encodeJsonItem } from "../../exec/input/value_source.ts";
import type { ComparedWork } from "../../model/claim.ts";
import type { Mode } from "../../model/grid.ts";
import type { Lab } from "../experiment.ts";

/** A piece of work: a built-in job and its items. */
export interface Work {
  readonly id: string;
  /** What an item does. */
  readonly about: string;
  readonly job: string;
  readonly items: readonly unknown[];
  /** No more threads than this, however many cores there are. */
  readonly maxThreads?: number;
}

/** One kind of work that was run in all modes. */
export interface WorkFound {
  readonly compared: ComparedWork;
  /** All runs of whole rounds, and the entrant of each mode. */
  readonly runs: readonly EntrantRun[];
  readonly entrants: readonly { readonly id: string; readonly mode: Mode }[];
  readonly loads: readonly RoundLoad[];
}

/** What the calibration may take of the time; no more than 300 ms. */
const calibrationShare = 0.1;
const maxCalibrationMs = 300;

/** Rounds are planned for this share of the time that is left, because the machine may slow down. */
const plannedShare = 0.9;

/**
 * Runs a kind of work in serial and in the modes that the claims on it are about, in shuffled rounds with an A/A control; with
 * `full`, in all four modes.
 *
 * @throws {NoWholeRound} the time was up before the first round was over
 */
export async function measureWork(
  { id, about, job, items, maxThreads = Infinity }: Work,
  claimedModes: readonly Mode[],
  lab: Lab,
): Promise<WorkFound> {
  const { clock, signal, host, meter, seed, cores, budgetMs } = lab;
  const threads = Math.min(lab.threads, maxThreads);
  const deadline = clock.now() + budgetMs; // a round that begins before it may end later: the time for all has a reserve
  const leftMs = () => Math.max(0, deadline - clock.now());
  const reference = { kind: "builtin", name: job } as const;
  const jobWork: JobWork = { job: reference, name: id, input: "json", host, meter, clock, signal };
  const bytes = items.map(encodeJsonItem);
  await lab.step(0);
  const calibrationMs = Math.min(maxCalibrationMs, calibrationShare * budgetMs);
  const calibration = await calibrate(jobWork, inOrder(bytes), calibrationMs);
  signal.throwIfAborted(); // what it has found is not enough to plan rounds
  const cells = corners(threads, lab.tasks)
    .filter(({ mode }) => lab.effort === "full" || mode === "serial" || claimedModes.includes(mode));
  const amount = chooseAmount({
    items: bytes.length,
    rounds: lab.rounds,
    warmupRounds: 0,
    maxMs: plannedShare * leftMs(),
    cells,
    usableCores: cores.usable,
  }, calibration);
  const places = drawPlaces(amount.items, bytes.length, seed);
  const itemsFor = sameItems(bytes, places, amount.passes, (cell) => warmupItems(cell, calibration, amount.items));
  const entrants = entrantsOf(id, cells, { work: jobWork, itemsFor });
  const control = controlOf(entrants[0]);
  const all = [...entrants, control];
  const planned = amount.rounds;
  const suite = await measureSuite(all, {
    rounds: planned,
    warmupRounds: 0,
    seed,
    clock,
    box: { deadline, signal },
    stop: signal,
    onRun: (runs) => lab.step(runs / (planned * all.length)),
  });
  if (suite.rounds === 0) throw signal.aborted ? signal.reason : new NoWholeRound(budgetMs);
  const needed = { all: cores.all, needed: Math.min(threads, cores.usable) };
  const view = viewSuite(suite.runs, { baseline: entrants[0].id, control: control.id }, needed);
  const modes = compareCells(entrants, view);
  const phases = phasesOf(runsOf(suite.runs, entrants[0].id));
  const compared = {
    work: id,
    about,
    itemCount: amount.items,
    rounds: suite.rounds,
    control: view.control,
    contention: view.contention,
    modes,
    advice: advise({ cells: modes, ratioOf: ratiosIn(view, entrants), phases }),
    notices: fewerRounds({ ...suite, planned: lab.rounds, ended: suite.ended ?? "time" }),
  };
  const named = entrants.map(({ id, cell: { mode } }) => ({ id, mode }));
  return { compared, runs: suite.runs, entrants: named, loads: loadsOf(suite.runs) };
}
