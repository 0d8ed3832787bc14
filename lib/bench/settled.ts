import type { Cell } from "../model/grid.ts";
import { mayStop } from "../stats/early_stop.ts";
import { difference } from "../stats/verdict.ts";
import { logRatiosOf } from "./comparison.ts";
import type { JobRun } from "./mode_rounds.ts";

/** Whether rounds may end: each cell is already faster, slower or the same as serial by 3 deviations, see mayStop. */
export function isSettled(runs: readonly JobRun[], [serial, ...others]: readonly Cell[]): boolean {
  const counted = runs.filter(({ round }) => round > 0);
  return mayStop(others.map((cell) => ({
    logRatios: logRatiosOf(counted, serial, cell),
    decided: (interval) => difference(interval) !== undefined,
  })));
}
