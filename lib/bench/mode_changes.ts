import type { ModeChange } from "../model/comparison.ts";
import { comparisonVerdict, controlFailed } from "../stats/verdict.ts";
import { compareCells, type SuiteView } from "./compared_modes.ts";
import { contendedReason } from "./contention.ts";
import type { Entrant } from "./entrant.ts";
import { logRatiosOf } from "./pairs.ts";
import { endsOf } from "../stats/ratio_estimate.ts";

/** Two jobs in the same cells, in the same order, and what tells a change. */
export interface JobPair {
  readonly old: readonly Pick<Entrant, "id" | "cell">[];
  readonly now: readonly Pick<Entrant, "id" | "cell">[];
  /** The id of the control, which is the first entrant of the new job once more. */
  readonly control: string;
  /** The smallest change worth reporting, as a ratio: 1.02. */
  readonly within: number;
}

/**
 * How much faster or slower a job is than an old one, cell by cell: from the pairs of their runs in the same round, by the same
 * rules as modes are compared with serial.
 */
export function modeChanges({ old, now, control, within }: JobPair, view: SuiteView): ModeChange[] {
  const isUnsteady = controlFailed(view.estimate(logRatiosOf(view.runs, now[0].id, control)), within);
  const oldModes = compareCells(old, view);
  return now.map(({ id, cell }, i) => {
    const found = view.estimate(logRatiosOf(view.runs, old[i].id, id));
    const contended = cell.threads > 1 ? contendedReason(view.contention, view.cores) : undefined;
    const conditions = { controlFailed: isUnsteady, contended: contended !== undefined };
    const verdict = comparisonVerdict(found, conditions, within);
    const why = verdict.word === "unclear" ? verdict.why : null;
    return {
      ...cell,
      ratio: found.ratio,
      interval: endsOf(found.interval),
      verdict: verdict.word,
      reason: why?.kind === "contended" ? contended ?? null : why,
      old: oldModes[i],
    };
  });
}
