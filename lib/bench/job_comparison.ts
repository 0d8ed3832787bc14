import type { JobComparison, ModeChange, OwnCost, Phases } from "../model/comparison.ts";
import type { Mode } from "../model/grid.ts";
import { estimateEarly } from "../stats/early_stop.ts";
import { estimateRatio } from "../stats/ratio_estimate.ts";
import { advise, noAdvice } from "./advice.ts";
import type { Amount } from "./amount.ts";
import { breakEven, type BreakEvenInput } from "./break_even.ts";
import { compareCells, ratiosIn, type SuiteView, viewSuite } from "./compared_modes.ts";
import type { Entrant } from "./entrant.ts";
import { type LateErrors, noticesOn } from "./notices.ts";
import { runsOf } from "./pairs.ts";
import { phasesOf, phasesWithoutSerial } from "./phases.ts";
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
  /** One piece of work: the modes, serial first; then the other cells of a sweep, if there is one. */
  readonly entrants: readonly Pick<Entrant, "id" | "cell">[];
  /** The id of the control, which is the first of them once more. */
  readonly control: string;
  /** What changed from an old job in the same modes, and the margin. Then not all modes need be there. */
  readonly old?: { readonly within: number; changesIn(view: SuiteView): readonly ModeChange[] };
  readonly cores: { readonly all: number; readonly usable: number };
  readonly ownCost: OwnCost;
  /** Undefined if the outputs were not compared. */
  readonly digest: string | undefined;
  readonly lateErrors: LateErrors;
}

/** All modes come before the other cells of a sweep. */
const modeCount = 4;

/** Compares the modes over the runs of a suite: at least one whole round. */
export function jobComparison(suite: SuiteRuns, context: ComparisonContext): JobComparison {
  const { job, amount, itemsGiven, once, itemsUsed, entrants, control, cores, ownCost, digest, old } = context;
  const [baseline] = entrants;
  const cellOf = (mode: Mode) => entrants.find(({ cell }) => cell.mode === mode)?.cell;
  const [tasks, threads, both] = [cellOf("tasks"), cellOf("threads"), cellOf("both")];
  const hasSerial = baseline.cell.mode === "serial";
  const view = viewSuite(
    suite.runs,
    { baseline: baseline.id, control },
    {
      all: cores.all,
      needed: Math.min(Math.max(...entrants.slice(0, modeCount).map(({ cell }) => cell.threads)), cores.usable),
    },
    suite.ended === "settled" ? (logRatios) => estimateEarly(logRatios, old?.within) : estimateRatio,
  );
  const cells = compareCells(entrants, view);
  const modes = cells.slice(0, modeCount);
  const ratioOf = ratiosIn(view, entrants);
  const baselineRuns = [...runsOf(suite.runs, baseline.id), ...runsOf(suite.runs, control)];
  const phases = hasSerial ? phasesOf(baselineRuns) : phasesWithoutSerial(baselineRuns);
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
    ...old === undefined ? {} : { changes: old.changesIn(view) },
    phases,
    // on a contended machine, waiting for a core would count as the job's own waiting
    breakEvenMs: tasks && threads && !view.contention.contended
      ? breakEvenOf(phases, { tasks, threads, usableCores: cores.usable, ownCost })
      : null,
    grid: cells.length > modeCount ? gridOf(cells, ratioOf) : null,
    notices: noticesOn(modes, { ...suite, planned: amount.rounds }, context.lateErrors),
    advice: hasSerial && tasks && threads && both
      ? advise({ cells, ratioOf, phases })
      : noAdvice({ kind: "modes-left-out" }),
  };
}

function breakEvenOf(
  { waitingMs, blockingMs }: Phases,
  rest: Omit<BreakEvenInput, "waitingMs" | "blockingMs">,
): number | null {
  return waitingMs === null || blockingMs === null ? null : breakEven({ ...rest, waitingMs, blockingMs });
}
