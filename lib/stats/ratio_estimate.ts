import { exactInterval, interpolatedInterval, pseudomedian, walshAverages } from "./hodges_lehmann.ts";
import type { Interval } from "./interval.ts";
import { median } from "./quantiles.ts";
import { signedRankP } from "./signed_rank.ts";

/** The times of one mode in one round, in one unit. They share their threads, so they are not independent; blocks are. */
export type Block = readonly number[];

/** How many times faster the other side is than the baseline, and the interval of that ratio. */
export interface RatioEstimate {
  /** Above 1 if the other side took less time. */
  readonly ratio: number;
  readonly interval: Interval;
  readonly rounds: number;
}

/**
 * `log(baseline / other)` of each round, from the medians of its two blocks: the unit of all comparisons. Both lists have a
 * block for each round, in the same order.
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
 * The Hodges-Lehmann ratio with its interpolated 95 % interval. It assumes that log ratios are symmetric about the true one.
 * Shuffled rounds make them symmetric if both sides have the same noise, whatever its distribution, because swapping the two
 * runs of a round flips the sign. If only one side has slow phases, they count as part of its time: if a tenth of its rounds
 * is slower by 10 % on average, the ratio moves by 0.7 %, which is within the margin.
 */
export function estimateRatio(logRatios: readonly number[]): RatioEstimate {
  const walsh = walshAverages(logRatios);
  return {
    ratio: Math.exp(pseudomedian(walsh)),
    interval: ofRatio(interpolatedInterval(walsh, 0.95)),
    rounds: logRatios.length,
  };
}

/** The two-sided p-value of the hypothesis that the true ratio is `limit`, for Holm's method over a set of claims. */
export function ratioP(logRatios: readonly number[], limit: number): number {
  return signedRankP(logRatios.map((logRatio) => logRatio - Math.log(limit)));
}

/** The interval of the ratio at 3 deviations: it misses the truth at most as often as a normal number lies beyond them. */
export function threeSigmaInterval(logRatios: readonly number[]): Interval {
  return ofRatio(exactInterval(walshAverages(logRatios), 0.9973));
}

/** The two ends of an interval; null if there is none. */
export function endsOf(interval: Interval): readonly [low: number, high: number] | null {
  return interval.kind === "interval" ? [interval.low, interval.high] : null;
}

/** The interval of a ratio, from the interval of its logarithm. */
export function ofRatio(interval: Interval): Interval {
  if (interval.kind !== "interval") return interval;
  return { ...interval, low: Math.exp(interval.low), high: Math.exp(interval.high) };
}
