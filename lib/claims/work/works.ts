import type { Effort } from "../../model/effort.ts";
import type { Mode } from "../../model/grid.ts";
import type { Experiment } from "../experiment.ts";
import type { Work, WorkFound } from "./work_experiment.ts";

/** Items that compute: 24 take some 85 ms in serial on a machine of 2024. With more time, runs go through them several times. */
export const computing = workExperiment(
  { id: "cpu", about: "computes", job: "primes", items: repeat(24, 90_000) },
  { quick: 4_200, default: 6_000, full: 20_000 },
  ["tasks", "threads"],
);

/**
 * Items that only wait: 16 take some 80 ms in serial. Two threads, on any machine: a thread for each item would wait as well as
 * tasks, and there is no time for runs, in serial too, of many more items than a large machine has cores.
 */
export const waiting = workExperiment(
  { id: "waiting", about: "waits", job: "sleep", items: repeat(16, 4), maxThreads: 2 },
  { quick: 0, default: 5_000, full: 20_000 },
  ["tasks", "threads"],
);

/** Items that wait and then compute: 16 take some 0.1 s in serial. */
export const mixed = workExperiment(
  { id: "mixed", about: "waits, then computes", job: "mixed", items: repeat(16, { waitMs: 4, limit: 60_000 }) },
  { quick: 0, default: 6_000, full: 20_000 },
  ["tasks", "both"],
);

/** Measures the work in serial and in these modes; what measures is loaded then. */
function workExperiment(
  work: Work,
  ms: Readonly<Record<Effort, number>>,
  claimedModes: readonly Mode[],
): Experiment<WorkFound> {
  return {
    ms,
    measure: async (lab) => await (await import("./work_experiment.ts")).measureWork(work, claimedModes, lab),
  };
}

function repeat<T>(count: number, item: T): readonly T[] {
  return Array.from({ length: count }, () => item);
}
