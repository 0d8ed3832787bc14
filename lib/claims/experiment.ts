import type { RoundLoad } from "../bench/contention.ts";
import type { Meter } from "../bench/machine_load.ts";
import type { Clock } from "../clock.ts";
import type { Host } from "../exec/host/host.ts";
import type { Effort } from "../model/effort.ts";

/** What an experiment works with. */
export interface Lab {
  readonly clock: Clock;
  /** Aborts when the time for all claims is up, or the user stops: the experiment then rejects with its reason. */
  readonly signal: AbortSignal;
  readonly effort: Effort;
  /** What the experiment may take, in milliseconds; it chooses its amounts by that. */
  readonly budgetMs: number;
  /** The rounds that the user wants, where the time allows. */
  readonly rounds: number;
  readonly seed: number;
  readonly cores: { readonly all: number; readonly usable: number };
  /** Threads of the modes `threads` and `both`. */
  readonly threads: number;
  /** Tasks of the modes `tasks` and `both`, in all threads together. */
  readonly tasks: number;
  /** Memory that parked tasks or threads may take, in bytes. */
  readonly maxMemoryBytes: number;
  /** Where slots live. */
  readonly host: Host;
  /** Reads CPU time and memory. */
  readonly meter: Meter;
  /**
   * To be awaited before the first round and after each one, never while a clock runs: it paints the progress, and reads what
   * other programs use. `share` of the experiment is done, from 0 to 1.
   */
  step(share: number): Promise<void>;
}

/**
 * What is measured for one claim, or for several: it runs once, and each of them judges what it found. `M` is plain data.
 *
 * Everything that could turn a verdict is a parameter of the function that measures, so that a test can plant a mutant (tasks
 * that block, say) and see the verdict turn.
 */
export interface Experiment<M> {
  /** Its planned time by effort, in milliseconds; 0: that effort leaves it out. The sum over all of them is what a run takes. */
  readonly ms: Readonly<Record<Effort, number>>;
  /** Measures. It opens what it needs, and leaves nothing open. */
  measure(lab: Lab): Promise<M>;
}

/** An experiment that was run. */
export interface Measured<M> {
  readonly found: M;
  /** What all programs used from one step to the next. */
  readonly loads: readonly RoundLoad[];
}
