import { median } from "./quantiles.ts";

/** A value with a modified z-score beyond this is an outlier, as Iglewicz and Hoaglin recommend. */
const outlierLimit = 3.5;

/**
 * Each value's distance from the median in robust standard deviations: 0.6745 (x - median) / MAD. Iglewicz and Hoaglin
 * (1993), "How to detect and handle outliers", ASQC. If more than half of the values are equal, MAD is 0, and the mean
 * absolute deviation times 1.2533 is used instead (as in IBM SPSS). If all values are equal, every score is 0.
 */
export function modifiedZScores(values: readonly number[]): number[] {
  const middle = median(values);
  const deviations = values.map((value) => Math.abs(value - middle));
  const mean = deviations.reduce((sum, deviation) => sum + deviation, 0) / values.length;
  const scale = median(deviations) / 0.6745 || mean * 1.253314 || 1;
  return values.map((value) => (value - middle) / scale);
}

/** The indices of the outliers. Report them, never drop them. */
export function outliers(values: readonly number[]): number[] {
  return modifiedZScores(values).flatMap((score, i) => Math.abs(score) > outlierLimit ? [i] : []);
}
