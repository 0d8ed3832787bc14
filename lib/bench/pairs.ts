import { pairedLogRatios } from "../stats/ratio_estimate.ts";
import type { EntrantRun } from "./entrant.ts";

/** The counted runs of an entrant, by round. */
export function runsOf(runs: readonly EntrantRun[], entrant: string): EntrantRun[] {
  return allRunsOf(runs, entrant).filter(({ round }) => round > 0);
}

/** The same, with warm-up rounds. */
export function allRunsOf(runs: readonly EntrantRun[], entrant: string): EntrantRun[] {
  return runs.filter((run) => run.entrant === entrant).toSorted((a, b) => a.round - b.round);
}

/**
 * The log ratio of two entrants in each round: above 0 if `other` took less time per item, see pairedLogRatios. `runs` are
 * those of whole rounds.
 */
export function logRatiosOf(runs: readonly EntrantRun[], baseline: string, other: string): number[] {
  const blocks = (entrant: string) => runsOf(runs, entrant).map(({ elapsedMs, items }) => [elapsedMs / items]);
  return pairedLogRatios(blocks(baseline), blocks(other));
}
