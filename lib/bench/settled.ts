import { mayStop } from "../stats/early_stop.ts";
import { difference, margin } from "../stats/verdict.ts";
import type { EntrantRun } from "./entrant.ts";
import { logRatiosOf } from "./pairs.ts";

/** An entrant, and the one that it is compared with. */
export interface Pair {
  readonly baseline: string;
  readonly other: string;
}

/** Whether rounds may end: in each pair, the other is faster, slower or the same by 3 deviations, see mayStop. */
export function isSettled(runs: readonly EntrantRun[], pairs: readonly Pair[], within = margin): boolean {
  return mayStop(pairs.map(({ baseline, other }) => ({
    logRatios: logRatiosOf(runs, baseline, other),
    decided: (interval) => difference(interval, within) !== undefined,
  })));
}
