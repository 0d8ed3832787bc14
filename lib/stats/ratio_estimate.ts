import { exactInterval, interpolatedInterval, pseudomedian, walshAverages } from "./hodges_lehmann.ts";
import type { Interval } from "./interval.ts";
import { median } from "./quantiles.ts";
import { signedRankP } from "./signed_rank.ts";

/** The times of one mode in one round, with threads of their own, in one unit. They are not independent; blocks are. */
export type Block = readonly number[];

/** How many times less the other side took than the baseline, and the interval of that ratio. */
export interface RatioEstimate {
  /** Above 1 where the other took less. */
  readonly ratio: number;
  readonly interval: Interval;
  readonly rounds: number;
}

/**
 * `log(baseline / other)` of each round, from the median of its two blocks: the unit that all comparisons count. Both
 * lists have a block for each round, in the same order.
 */
export function pairedLogRatios(baseline: readonly Block[], other: readonly Block[]): number[] {
  if (baseline.length !== other.length) throw new RangeError(`${baseline.length} rounds against ${other.length}`);
  return baseline.map((block, round) => {
    const logRatio = Math.log(median(block) / median(other[round]));
    if (!Number.isFinite(logRatio)) throw new RangeError(`round ${round + 1}: a time that is not above 0`);
    return logRatio;
  });
}

/**
 * The Hodges-Lehmann ratio with its interpolated 95 % interval. It supposes that log ratios are symmetric about the true
 * one; shuffled rounds make them so where both sides have the same noise, however odd that is: swapping the two runs of
 * a round turns its sign. Where just one side has slow spells, they count as a part of its time: a tenth of its rounds
 * slower by 10 % on average move the ratio by 0.7 %, within the margin.
 */
export function estimateRatio(logRatios: readonly number[]): RatioEstimate {
  const walsh = walshAverages(logRatios);
  return {
    ratio: Math.exp(pseudomedian(walsh)),
    interval: ofRatio(interpolatedInterval(walsh, 0.95)),
    rounds: logRatios.length,
  };
}

/** The two-sided p-value of the true ratio being `limit`, for Holm's method over a set of claims. */
export function ratioP(logRatios: readonly number[], limit: number): number {
  return signedRankP(logRatios.map((logRatio) => logRatio - Math.log(limit)));
}

/** The interval of the ratio that misses the truth as rarely as a normal number lies beyond 3 deviations, or more rarely. */
export function threeSigmaInterval(logRatios: readonly number[]): Interval {
  return ofRatio(exactInterval(walshAverages(logRatios), 0.9973));
}

/** The interval of a ratio, from that of its logarithm. */
export function ofRatio(interval: Interval): Interval {
  if (interval.kind !== "interval") return interval;
  return { ...interval, low: Math.exp(interval.low), high: Math.exp(interval.high) };
}
