import type { JobComparison, OwnCost } from "../model/comparison.ts";
import { estimateEarly } from "../stats/early_stop.ts";
import { estimateRatio } from "../stats/ratio_estimate.ts";
import { advise } from "./advice.ts";
import type { Amount } from "./amount.ts";
import { breakEven } from "./break_even.ts";
import { compareCells, ratiosIn, viewSuite } from "./compared_modes.ts";
import type { Entrant } from "./entrant.ts";
import { type LateErrors, noticesOn } from "./notices.ts";
import { runsOf } from "./pairs.ts";
import { phasesOf } from "./phases.ts";
import type { SuiteRuns } from "./suite.ts";
import { gridOf } from "./sweep.ts";

/** What a comparison needs to know besides the runs. */
export interface ComparisonContext {
  readonly job: string;
  readonly amount: Amount;
  readonly itemsGiven: number;
  readonly once: boolean;
  /** How many items have run, if none may run twice. */
  readonly itemsUsed: number | null;
  /** One piece of work: the four modes, serial first; then the other cells of a sweep, if there is one. */
  readonly entrants: readonly Pick<Entrant, "id" | "cell">[];
  /** The id of the control, which is serial once more. */
  readonly control: string;
  readonly cores: { readonly all: number; readonly usable: number };
  readonly ownCost: OwnCost;
  /** Undefined if the outputs were not compared. */
  readonly digest: string | undefined;
  readonly lateErrors: LateErrors;
}

/** The four modes come before the other cells of a sweep. */
const modeCount = 4;

/** Compares the modes over the runs of a suite: at least one whole round. */
export function jobComparison(suite: SuiteRuns, context: ComparisonContext): JobComparison {
  const { job, amount, itemsGiven, once, itemsUsed, entrants, control, cores, ownCost, digest } = context;
  const [serial, tasks, threads] = entrants;
  const view = viewSuite(
    suite.runs,
    { baseline: serial.id, control },
    { all: cores.all, needed: Math.min(threads.cell.threads, cores.usable) },
    suite.ended === "settled" ? estimateEarly : estimateRatio,
  );
  const cells = compareCells(entrants, view);
  const modes = cells.slice(0, modeCount);
  const ratioOf = ratiosIn(view, entrants);
  const phases = phasesOf([...runsOf(suite.runs, serial.id), ...runsOf(suite.runs, control)]);
  const { waitingMs, blockingMs } = phases;
  return {
    job,
    itemCount: amount.items,
    itemsGiven,
    passes: amount.passes,
    once,
    itemsUsed,
    rounds: suite.rounds,
    outputsEqual: digest === undefined ? null : true,
    digest: digest ?? null,
    control: view.control,
    contention: view.contention,
    ...ownCost,
    modes,
    phases,
    // on a contended machine, waiting for a core would count as the job's own waiting
    breakEvenMs: waitingMs === null || blockingMs === null || view.contention.contended ? null : breakEven({
      waitingMs,
      blockingMs,
      tasks: tasks.cell,
      threads: threads.cell,
      usableCores: cores.usable,
      ownCost,
    }),
    grid: cells.length > modeCount ? gridOf(cells, ratioOf) : null,
    notices: noticesOn(modes, { ...suite, planned: amount.rounds }, context.lateErrors),
    advice: advise({ cells, ratioOf, phases }),
  };
}
