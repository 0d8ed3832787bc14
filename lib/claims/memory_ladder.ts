import type { Experiment } from "./experiment.ts";
import type { MemoryFound } from "./measure_memory.ts";

/** The number of tasks that claim 3 is about. */
export const million = 1e6;

/** Claims 3, 4 and 5. */
export const memoryLadder: Experiment<MemoryFound> = {
  ms: { quick: 1_000, default: 4_500, full: 40_000 },
  measure: async (lab) => await (await import("./measure_memory.ts")).measureMemory(lab),
};
