import type { Interval } from "./interval.ts";
import { atPlace, quantileOfSorted } from "./quantiles.ts";
import { criticalPlace, minValues } from "./signed_rank.ts";

/**
 * The n(n+1)/2 Walsh averages (Walsh 1949), sorted: the means of all pairs of values, including each value with itself.
 * Meant for rounds, so for thousands of values at most.
 */
export function walshAverages(values: readonly number[]): Float64Array {
  const averages = new Float64Array(values.length * (values.length + 1) / 2);
  let next = 0;
  for (let i = 0; i < values.length; i++) {
    for (let j = 0; j <= i; j++) averages[next++] = (values[i] + values[j]) / 2;
  }
  return averages.sort();
}

/**
 * The Hodges-Lehmann estimate of the centre of symmetric values: the median of their Walsh averages, or pseudomedian. Hodges
 * and Lehmann (1963), "Estimates of location based on rank tests". NaN if there are no values.
 */
export function pseudomedian(walsh: Float64Array): number {
  return quantileOfSorted(walsh, 0.5);
}

/**
 * The interval of the pseudomedian that belongs to the signed-rank test (Tukey 1949; Hollander, Wolfe and Chicken 2014,
 * 3.3; R's `wilcox.test(conf.int = TRUE)`). Its level is `level`, or the next higher one that `n` values allow.
 */
export function exactInterval(walsh: Float64Array, level: number): Interval {
  const n = valuesOf(walsh);
  const place = criticalPlace(n, level);
  if (place === undefined) return { kind: "too few", found: n, needed: minValues(1 - level) };
  return { ...between(walsh, Math.floor(place.cut)), level: place.exact };
}

/**
 * The same interval, interpolated linearly towards the next narrower one, so that its level is close to `level`. Exact
 * levels jump: with 6, 8 and 9 values the exact 95 % interval misses the truth in 3.1, 3.9 and 3.9 % of all cases, not in 5.
 *
 * The interpolation follows Hettmansperger and Sheather (1986), "Confidence intervals based on interpolated order
 * statistics", who use it for the sign test. As the interval lies between the two exact ones, so does its level, for any
 * symmetric noise. At 95 % it misses in 3.1 to 6.3 % of all cases with 6 values, in 4.6 to 7.9 % with 7, and in 3.9 to 6.5 %
 * with 8 or more.
 */
export function interpolatedInterval(walsh: Float64Array, level: number): Interval {
  const n = valuesOf(walsh);
  const place = criticalPlace(n, level);
  if (place === undefined) return { kind: "too few", found: n, needed: minValues(1 - level) };
  return { ...between(walsh, place.cut), level };
}

function between(walsh: Float64Array, cut: number) {
  return { kind: "interval", low: atPlace(walsh, cut), high: atPlace(walsh, walsh.length - 1 - cut) } as const;
}

/** The number of values, n, from the number of averages, n(n+1)/2. */
function valuesOf(walsh: Float64Array): number {
  return Math.floor(Math.sqrt(2 * walsh.length));
}
