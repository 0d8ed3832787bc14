import { quantile } from "../stats/quantiles.ts";
import type { Lab } from "./experiment.ts";
import { openThread } from "./experiment_thread.ts";
import { measurePairs } from "./pairs.ts";
import type { BesideComputation } from "./thread/beside_computation.ts";

/** The loop lag beside a computation, and what the computation was; in milliseconds. */
export interface LoopLagFound {
  /** The 99th percentile of each round. */
  readonly yieldingMs: readonly number[];
  readonly blockingMs: readonly number[];
  readonly computingMs: number;
  readonly chunkMs: number;
}

const chunkMs = 1;

/** Rounds of two computations, and a first one; a thread that starts takes as long as two. */
const computations = 2 * (12 + 1) + 2;

/** Measures the lag of a timer beside a computation that does `between` after each chunk, and beside one that never stops. */
export async function measureLoopLag(
  lab: Lab,
  between: BesideComputation["between"] = "yields",
): Promise<LoopLagFound> {
  const computingMs = Math.round(Math.min(100, Math.max(10, lab.budgetMs / computations)));
  using thread = await openThread("besideComputation");
  const lagBeside = async (between: BesideComputation["between"]) => {
    thread.send({ computingMs, chunkMs, between } satisfies BesideComputation);
    return quantile(await thread.receive() as number[], 0.99);
  };
  const { tasksMs, threadsMs } = await measurePairs(() => lagBeside(between), () => lagBeside("goes on"), lab);
  return { yieldingMs: tasksMs, blockingMs: threadsMs, computingMs, chunkMs };
}
