import primes from "./primes.ts";

const count = 64;

/** Computes; some items take far longer than most. The longest takes a quarter of the total time. */
export default function skewed(limit: number): number {
  return primes(limit);
}

/** Quantiles of a Pareto distribution, in mixed order. */
export const items: readonly number[] = Array.from({ length: count }, (_, i) => {
  const beyond = ((i * 37 + 20) % count + 0.5) / count; // the share of items that take longer
  return Math.round(30_000 * beyond ** -0.6);
});
