import type { Forecast, ScaleRung, StopName } from "../model/scale.ts";
import type { Experiment } from "./experiment.ts";

/** What one of either costs, and how many there can be. */
export interface MemoryFound {
  readonly tasks: {
    readonly rungs: readonly Pick<ScaleRung, "alive" | "reached" | "totalBytes" | "startMs" | "stoppedBy" | "limit">[];
    /** Resident memory of one; null if no rung tells. */
    readonly bytesEach: number | null;
    readonly forecast: readonly Forecast[];
  };
  readonly threads: {
    readonly reached: number;
    /** Why there are no more of them; null: no more were wanted. */
    readonly stoppedBy: StopName | null;
    /** What so many take: resident memory and address space, which not every system tells. */
    readonly points: readonly {
      readonly alive: number;
      readonly rssBytes: number;
      readonly virtualBytes: number | null;
    }[];
    readonly forecast: readonly Forecast[];
    /** Resident memory that was not given back when all had ended; null if their process did not live so long. */
    readonly keptBytes: number | null;
  };
}

/** The number of tasks that claim 3 is about. */
export const million = 1e6;

/** Claims 3, 4 and 5. */
export const memoryLadder: Experiment<MemoryFound> = {
  ms: { quick: 1_400, default: 5_000, full: 40_000 },
  measure: async (lab) => await (await import("./measure_memory.ts")).measureMemory(lab),
};
