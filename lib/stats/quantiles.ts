/**
 * The quantile `q` (0 to 1) of some numbers, linear between neighbours (Hyndman and Fan 1996, definition 7, as R, NumPy
 * and Excel do). NaN of none.
 */
export function quantile(values: readonly number[], q: number): number {
  return quantileOfSorted(values.toSorted((a, b) => a - b), q);
}

/** The middle of some numbers; between the two middle ones of an even count. NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** `quantile` of numbers that are sorted already. */
export function quantileOfSorted(sorted: ArrayLike<number>, q: number): number {
  return sorted.length === 0 ? NaN : atPlace(sorted, (sorted.length - 1) * q);
}

/** The number at a place from 0 to the last index, linear between neighbours. */
export function atPlace(sorted: ArrayLike<number>, place: number): number {
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}
