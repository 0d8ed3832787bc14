import primes from "./primes.ts";
import sleep from "./sleep.ts";

/** How long to wait, and how much to compute after that. */
export interface Mixed {
  readonly waitMs: number;
  readonly limit: number;
}

/** Waits, then computes. */
export default async function mixed({ waitMs, limit }: Mixed): Promise<number> {
  await sleep(waitMs);
  return primes(limit);
}

export const items: readonly Mixed[] = Array.from({ length: 64 }, () => ({ waitMs: 5, limit: 60_000 }));
