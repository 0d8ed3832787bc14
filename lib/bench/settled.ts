import { mayStop } from "../stats/early_stop.ts";
import { difference } from "../stats/verdict.ts";
import type { EntrantRun } from "./entrant.ts";
import { logRatiosOf } from "./pairs.ts";

/** Whether rounds may end: each entrant is faster, slower or the same as the baseline by 3 deviations, see mayStop. */
export function isSettled(runs: readonly EntrantRun[], baseline: string, others: readonly string[]): boolean {
  return mayStop(others.map((other) => ({
    logRatios: logRatiosOf(runs, baseline, other),
    decided: (interval) => difference(interval) !== undefined,
  })));
}
