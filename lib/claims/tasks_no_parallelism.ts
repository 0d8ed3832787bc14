import type { Claim } from "./claim.ts";

/** Claim 8: tasks alone give no parallelism. */
export const tasksNoParallelism: Claim = {
  id: "tasks-no-parallelism",
  sentence: "tasks alone do not run in parallel",
  source: "article",
  explanation: `The same CPU-bound items run one after the other and as many tasks on one event loop.
It holds if the 95 % interval of the speedup lies below 1.2×: a second core at work would show as more.`,
  work: "cpu",
  baseline: "serial",
  mode: "tasks",
  cores: 1,
  busyCores: 1,
  holds: "below",
  at: 1.2,
};
