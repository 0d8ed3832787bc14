import primes from "./primes.ts";
import sleep from "./sleep.ts";

/** Mixed: waits, then computes with what came. */
export default async function fetchThenCount(
  item: { readonly waitMs: number; readonly limit: number },
): Promise<number> {
  await sleep(item.waitMs);
  return primes(item.limit);
}
