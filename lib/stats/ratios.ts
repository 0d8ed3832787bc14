import { median } from "./quantiles.ts";

/** The median of paired ratios, and their range. */
export interface RatioRange {
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
}

/** `baseline[i] / other[i]` for each pair: above 1 if `other` took less time. */
export function pairedRatios(baseline: readonly number[], other: readonly number[]): RatioRange {
  const ratios = baseline.slice(0, other.length).map((value, i) => value / other[i]);
  return { ratio: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}
