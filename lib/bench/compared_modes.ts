import type { ComparedMode, Contention, Control } from "../model/comparison.ts";
import type { Cell } from "../model/grid.ts";
import { metricsOfCell, metricsOfRun, type ModeRun } from "../model/metrics.ts";
import { endsOf, estimateRatio, type RatioEstimate } from "../stats/ratio_estimate.ts";
import { comparisonVerdict, controlFailed } from "../stats/verdict.ts";
import type { RatioOf } from "./advice.ts";
import { contendedReason, contention, type Cores, loadsOf } from "./contention.ts";
import type { Entrant, EntrantRun } from "./entrant.ts";
import { allRunsOf, logRatiosOf, runsOf } from "./pairs.ts";

/** Estimates a ratio. After an early stop a different estimate is needed than after a fixed number of rounds. */
export type Estimate = (logRatios: readonly number[]) => RatioEstimate;

/** What was seen in a suite besides the runs of one piece of work. */
export interface SuiteView {
  readonly runs: readonly EntrantRun[];
  readonly control: Control;
  readonly contention: Contention;
  readonly cores: Cores;
  readonly estimate: Estimate;
}

/** Looks at the runs of a suite, at least one whole round, and at its control, which ran beside `baseline`. */
export function viewSuite(
  runs: readonly EntrantRun[],
  { baseline, control }: { readonly baseline: string; readonly control: string },
  cores: Cores,
  estimate: Estimate = estimateRatio,
): SuiteView {
  const again = estimate(logRatiosOf(runs, baseline, control));
  return {
    runs,
    control: {
      ratio: again.ratio,
      interval: endsOf(again.interval),
      failed: controlFailed(again),
      samples: samplesOf(runs, control),
    },
    contention: contention(loadsOf(runs), cores),
    cores,
    estimate,
  };
}

/** How two cells of one piece of work compare. */
export function ratiosIn(
  { runs, estimate }: Pick<SuiteView, "runs" | "estimate">,
  entrants: readonly Pick<Entrant, "id" | "cell">[],
): RatioOf {
  const idOf = ({ mode, threads, tasks }: Cell) =>
    entrants.find(({ cell }) => cell.mode === mode && cell.threads === threads && cell.tasks === tasks)?.id ?? "";
  return (baseline, cell) => estimate(logRatiosOf(runs, idOf(baseline), idOf(cell)));
}

/** One piece of work in all of its cells, each compared with the first one, which is serial. */
export function compareCells(entrants: readonly Pick<Entrant, "id" | "cell">[], view: SuiteView): ComparedMode[] {
  const ratioOf = ratiosIn(view, entrants);
  const [{ cell: serial }] = entrants;
  return entrants.map(({ id, cell }): ComparedMode => {
    const numbers = { ...cell, ...metricsOfCell(runsOf(view.runs, id)), samples: samplesOf(view.runs, id) };
    if (cell === serial) return { ...numbers, ratio: 1, interval: null, verdict: "baseline", reason: null };
    const found = ratioOf(serial, cell);
    const contended = cell.threads > 1 ? contendedReason(view.contention, view.cores) : undefined;
    const verdict = comparisonVerdict(found, {
      controlFailed: view.control.failed,
      contended: contended !== undefined,
    });
    const reason = verdict.word === "unclear"
      ? verdict.why.kind === "contended" ? contended ?? null : verdict.why
      : null;
    return { ...numbers, ratio: found.ratio, interval: endsOf(found.interval), verdict: verdict.word, reason };
  });
}

function samplesOf(runs: readonly EntrantRun[], entrant: string): ModeRun[] {
  return allRunsOf(runs, entrant).map((run) => ({ round: run.round, ...metricsOfRun(run) }));
}
