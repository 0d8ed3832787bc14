/**
 * Holm's adjusted p-values, in the order given. If all tests with an adjusted p-value of at most `a` count as significant,
 * the probability of even one false positive is at most `a`, however the tests depend on each other. Holm (1979), "A simple
 * sequentially rejective multiple test procedure", Scandinavian Journal of Statistics 6; adjusted as in Wright (1992) and in
 * R's `p.adjust`.
 */
export function holm(pValues: readonly number[]): number[] {
  const order = pValues.map((_, i) => i).toSorted((a, b) => pValues[a] - pValues[b]);
  const adjusted = new Array<number>(pValues.length);
  let largest = 0;
  order.forEach((i, smaller) => {
    largest = Math.max(largest, Math.min(1, (pValues.length - smaller) * pValues[i]));
    adjusted[i] = largest;
  });
  return adjusted;
}
