import type { Claim } from "./claim.ts";

/** Claim 17: use both together. */
export const bothTogether: Claim = {
  id: "both-together",
  sentence: "for a mix, tasks in threads beat tasks alone",
  source: "book",
  explanation: `Items that wait and then compute run as tasks in one thread, and as the same number of tasks spread over
one thread for each core. It holds if the 95 % interval of the speedup lies above 1.2×.`,
  work: "mixed",
  baseline: "tasks",
  mode: "both",
  cores: 2,
  busyCores: 2,
  holds: "above",
  at: 1.2,
};
