import type { JobComparison } from "../model/comparison.ts";

/** The result of `compare` as its document has it. `itemsUsed`: how many items have run, if none may run twice. */
export function compareResult(found: JobComparison, itemsUsed: number | undefined): object {
  const { job, itemCount, itemsGiven, passes, once, rounds, digest, control, contention, ownCost } = found;
  const { modes, phases, breakEvenMs, advice, grid, notices } = found;
  const cell = advice.kind === "use" ? advice.cell : { mode: null, threads: null, tasks: null };
  return {
    job,
    itemCount,
    itemsGiven,
    passes,
    once,
    itemsUsed: itemsUsed ?? null,
    rounds,
    outputsEqual: digest === null ? null : true,
    digest,
    control,
    contention,
    ...ownCost,
    modes,
    phases,
    breakEvenMs,
    advice: { ...cell, reason: advice.reason, changes: advice.kind === "use" ? advice.changes : [] },
    grid,
    notices,
  };
}
