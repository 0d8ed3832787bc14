import { median } from "./quantiles.ts";

/** The middle of paired ratios and their whole range. */
export interface RatioRange {
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
}

/** `baseline[i] / other[i]` for each pair: above 1 where `other` took less. */
export function pairedRatios(baseline: readonly number[], other: readonly number[]): RatioRange {
  const ratios = baseline.slice(0, other.length).map((value, i) => value / other[i]);
  return { ratio: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}
