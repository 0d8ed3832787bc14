/**
 * The quantile `q` (0 to 1) of some numbers, linear between neighbours (Hyndman and Fan 1996, definition 7, as in R, NumPy
 * and Excel). NaN if there are no numbers.
 */
export function quantile(values: readonly number[], q: number): number {
  return quantileOfSorted(values.toSorted((a, b) => a - b), q);
}

/** The median of some numbers; the mean of the two middle ones if their count is even. NaN if there are no numbers. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The `quantile` of sorted numbers. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  return sorted.length === 0 ? NaN : atPlace(sorted, (sorted.length - 1) * q);
}

/** The number at a place from 0 to the last index, linear between neighbours. */
export function atPlace(sorted: ArrayLike<number>, place: number): number {
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** The sum of some numbers; 0 if there are none. */
export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
