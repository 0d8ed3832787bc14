import { median } from "./quantiles.ts";

/** A modified z-score beyond this marks an outlier, as Iglewicz and Hoaglin recommend. */
export const outlierLimit = 3.5;

/**
 * Each value's distance from the median in robust standard deviations: 0.6745 (x - median) / MAD. Iglewicz and Hoaglin
 * (1993), "How to detect and handle outliers", ASQC. Where more than half of the values are equal, MAD is 0 and their
 * mean absolute deviation stands in, times 1.2533 (as in IBM SPSS); where all are equal, every score is 0.
 */
export function modifiedZScores(values: readonly number[]): number[] {
  const middle = median(values);
  const deviations = values.map((value) => Math.abs(value - middle));
  const mean = deviations.reduce((sum, deviation) => sum + deviation, 0) / values.length;
  const scale = median(deviations) / 0.6745 || mean * 1.253314 || 1;
  return values.map((value) => (value - middle) / scale);
}

/** The indices of the outliers, to be reported and never to be dropped. */
export function outliers(values: readonly number[]): number[] {
  return modifiedZScores(values).flatMap((score, i) => Math.abs(score) > outlierLimit ? [i] : []);
}
