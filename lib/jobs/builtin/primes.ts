/** Computes: counts the primes below `limit` by trial division; 90,000 takes a few milliseconds. */
export default function primes(limit: number): number {
  let count = 0;
  for (let n = 2; n < limit; n++) {
    let divisor = 2;
    while (divisor * divisor <= n && n % divisor !== 0) divisor++;
    if (divisor * divisor > n) count++;
  }
  return count;
}

export const items: readonly number[] = Array.from({ length: 64 }, () => 90_000);
