import type { Claim } from "./claim.ts";

/** Claim 9: threads run truly in parallel. */
export const threadsParallel: Claim = {
  id: "threads-parallel",
  sentence: "threads run in parallel",
  source: "article and book",
  explanation: `The same CPU-bound items run in one thread and in one thread for each core.
It holds if the 95 % interval of the speedup lies above 1.2×, which one core cannot reach.`,
  work: "cpu",
  baseline: "serial",
  mode: "threads",
  cores: 2,
  busyCores: 2,
  holds: "above",
  at: 1.2,
};
