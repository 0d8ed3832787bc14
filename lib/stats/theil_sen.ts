import { median } from "./quantiles.ts";

/** One measured point. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A fitted line `y = intercept + slope x`, in the units of the points. */
export interface Line {
  readonly slope: number;
  readonly intercept: number;
  /** How much of the variance of y the line explains: 1: all of it; 0: no more than the mean of y; below 0: less than that. */
  readonly r2: number;
}

/**
 * A robust line: up to 29 % of outliers cannot move it arbitrarily. Its slope is the median of the slopes between all pairs
 * of points (Theil 1950; Sen 1968, "Estimates of the regression coefficient based on Kendall's tau", for equal x). Its
 * intercept is the median of `y - slope x` (Hollander, Wolfe and Chicken 2014, 9.4). R2 is 1 - residual / total sum of
 * squares over all points; 1 if all points lie on the line. Undefined with fewer than two different x.
 */
export function theilSen(points: readonly Point[]): Line | undefined {
  const slopes = points.flatMap((a, i) =>
    points.slice(i + 1).filter((b) => b.x !== a.x).map((b) => (b.y - a.y) / (b.x - a.x))
  );
  if (slopes.length === 0) return undefined;
  const slope = median(slopes);
  const intercept = median(points.map(({ x, y }) => y - slope * x));
  const mean = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const residual = sumOfSquares(points.map(({ x, y }) => y - intercept - slope * x));
  const total = sumOfSquares(points.map(({ y }) => y - mean));
  return { slope, intercept, r2: residual === 0 ? 1 : 1 - residual / total };
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
