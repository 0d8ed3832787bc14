import type { Claim } from "./claim.ts";

/** Claim 10: threads do badly when all work waits. */
export const waitingNeedsTasks: Claim = {
  id: "waiting-needs-tasks",
  sentence: "when all work waits, tasks beat threads",
  source: "article",
  explanation: `Items that only wait run in one thread for each core, one at a time in each, and as many tasks in one
thread. It holds if the 95 % interval of the speedup lies above 2×.`,
  work: "waiting",
  baseline: "threads",
  mode: "tasks",
  cores: 1,
  busyCores: 0,
  holds: "above",
  at: 2,
};
