import fetchThenCount from "./fetch_then_count.ts";
import type { Job } from "./job.ts";
import primes from "./primes.ts";
import sleep from "./sleep.ts";

/** The built-in jobs by name. Their items are made by whoever runs them, so each takes what it expects. */
export const builtinJobs: Readonly<Record<string, Job>> = {
  primes: { run: (item) => primes(item as number) },
  sleep: { run: (item) => sleep(item as number) },
  mixed: { run: (item) => fetchThenCount(item as { waitMs: number; limit: number }) },
};
