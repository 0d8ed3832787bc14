/**
 * The probability that a standard normal number is at most `z`. Marsaglia (2004), "Evaluating the normal distribution",
 * Journal of Statistical Software 11(4): its Taylor series, exact to about 16 decimal places (absolute).
 */
export function normalBelow(z: number): number {
  if (z < -8) return 0;
  if (z > 8) return 1;
  let [sum, term, before] = [z, z, NaN];
  for (let i = 3; sum !== before; i += 2) {
    before = sum;
    term *= z * z / i;
    sum += term;
  }
  return Math.min(1, Math.max(0, 0.5 + sum * Math.exp(-0.5 * z * z - 0.5 * Math.log(2 * Math.PI))));
}

/** The `z` with `normalBelow(z) = p`, for `p` from 0 to 1 (exclusive), by bisection: within 1e-12 for |z| < 6. */
export function normalQuantile(p: number): number {
  let [low, high] = [-8, 8];
  while (high - low > 1e-13) {
    const middle = (low + high) / 2;
    if (middle === low || middle === high) break;
    if (normalBelow(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
