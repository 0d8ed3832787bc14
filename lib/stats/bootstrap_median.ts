import type { Interval } from "./interval.ts";
import { normalBelow } from "./normal.ts";
import { median, quantileOfSorted } from "./quantiles.ts";
import { studentQuantile } from "./student.ts";

/** Enough that the ends hardly change from seed to seed (Efron and Tibshirani ask for 1000 or more). */
const resamples = 2000;

/** With fewer values the median has no 95 % interval: even their whole range misses it in more than 1 case of 20. */
const minValues = 6;

/** A median and its 95 % interval, in the unit of the values. */
export interface MedianEstimate {
  readonly median: number;
  readonly interval: Interval;
}

/**
 * The median of independent values, and its bootstrap interval: the values are drawn again with replacement, and the
 * interval is the middle part of the medians of these draws. Efron and Tibshirani (1993), "An introduction to the
 * bootstrap", chapter 13.
 *
 * The percentiles are expanded as in Hesterberg (2015), "What teachers should know about the bootstrap", The American
 * Statistician 69(4), because the plain 2.5 and 97.5 percentiles are too narrow for few values. With 6 to 30 exponential
 * values the plain percentiles cover the median in 87 to 94 % of all cases, the expanded ones in 93 to 98 %. Not BCa: its
 * acceleration comes from the jackknife, which fails for medians (Efron and Tibshirani, 11.6).
 *
 * The order of the values does not matter. The same `random` gives the same interval.
 */
export function bootstrapMedian(values: readonly number[], random: () => number): MedianEstimate {
  const n = values.length;
  if (n < minValues) return { median: median(values), interval: { kind: "too few", found: n, needed: minValues } };
  const sorted = values.toSorted((a, b) => a - b);
  const drawn = new Float64Array(n);
  const medians = Float64Array.from({ length: resamples }, () => {
    for (let i = 0; i < n; i++) drawn[i] = sorted[Math.floor(random() * n)];
    return quantileOfSorted(drawn.sort(), 0.5);
  }).sort();
  const tail = expandedTail(n);
  const [low, high] = [tail, 1 - tail].map((q) => quantileOfSorted(medians, q));
  return { median: median(values), interval: { kind: "interval", low, high, level: 0.95 } };
}

/** The share of medians beyond each end: 2.5 % with very many values, 0.25 % with 6. */
function expandedTail(n: number): number {
  return normalBelow(Math.sqrt(n / (n - 1)) * studentQuantile(0.025, n - 1));
}
