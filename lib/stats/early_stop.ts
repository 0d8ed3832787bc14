import type { Interval } from "./interval.ts";
import { threeSigmaInterval } from "./ratio_estimate.ts";

/**
 * Whether rounds may end early, asked after each: all comparisons are decided already by an interval of 3 deviations, in
 * place of the 2 that the final one has. That is |z| > 3 where z is the signed-rank statistic about the edge that
 * decides, with exact chances: 2 P(T <= t) < 0.0027. So no look stops before round 10, where 2^(1-10) is below that. The
 * strictness pays for looking often, as in Haybittle (1971) and Peto et al. (1976): with a look after each of 30
 * rounds the final 95 % interval stays within the demands on one that is computed once (tests/benchmarks/statistics.ts).
 *
 * `decided` says whether an interval of a ratio settles the question: `(i) => difference(i) !== undefined`, or whether it
 * lies on one side of a claim's limit.
 */
export function mayStop(
  comparisons: readonly { readonly logRatios: readonly number[]; decided(interval: Interval): boolean }[],
): boolean {
  return comparisons.every(({ logRatios, decided }) => {
    const interval = threeSigmaInterval(logRatios);
    return interval.kind === "interval" && decided(interval);
  });
}
