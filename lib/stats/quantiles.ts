/**
 * The quantile `q` (0 to 1) of some numbers, linear between neighbours (Hyndman and Fan 1996, definition 7, as R, NumPy
 * and Excel do). NaN of none.
 */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted.length === 0 ? NaN : sorted[below] + (sorted[above] - sorted[below]) * (place - below);
}

/** The middle of some numbers; between the two middle ones of an even count. NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
