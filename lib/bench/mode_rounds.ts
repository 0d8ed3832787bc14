import type { Cell } from "../model/grid.ts";
import { seededRandom, shuffled } from "../stats/random.ts";
import type { JobWork } from "./job_work.ts";
import { type MeasuredRun, measureRun } from "./measured_run.ts";
import type { OutputCheck } from "./outputs.ts";
import type { ItemsFor } from "./run_items.ts";

/** What is compared, how often and until when. */
export interface ModeRoundsOptions {
  readonly work: JobWork;
  /** Serial first. */
  readonly cells: readonly Cell[];
  readonly itemsFor: ItemsFor;
  readonly rounds: number;
  /** Warm-up rounds before them, which do not count. */
  readonly warmupRounds: number;
  readonly seed: number;
  /** When the rounds should be over, by the work's clock. When they have to be, the work's signal aborts. */
  readonly deadline: number;
  /** Compares the outputs of the runs, if they should be equal. */
  readonly outputs: OutputCheck | undefined;
  /** Whether the rounds so far settle every difference. Called after each round. */
  settled(): boolean;
}

/** One run of a round: a cell, or serial once more as the control. */
export interface JobRun extends MeasuredRun {
  readonly cell: Cell;
  readonly control: boolean;
  /** From 1; 0 and below are warm-up rounds. */
  readonly round: number;
}

/**
 * Runs the items once a round in every cell, and once more in serial, in shuffled order. Each run has fresh slots, which a
 * few items warm up before the clock starts. Yields between runs, never while a clock runs. Ends early on abort, when every
 * difference is settled, and before a round that the deadline would cut short.
 *
 * @throws {TandemError} an item failed, or the outputs differ
 */
export async function* measureModes(options: ModeRoundsOptions): AsyncGenerator<JobRun> {
  const { work, cells, rounds, warmupRounds, seed, deadline } = options;
  const { clock, signal } = work;
  const random = seededRandom(seed);
  const entrants = [...cells.map((cell) => ({ cell, control: false })), { cell: cells[0], control: true }];
  let maxRoundMs = 0;
  for (let round = 1 - warmupRounds; round <= rounds; round++) {
    const start = clock.now();
    if (maxRoundMs > 0 && start + maxRoundMs > deadline) return;
    for (const { cell, control } of shuffled(entrants, random)) {
      const run = await measureRun(work, cell, options.itemsFor(cell)).catch((error) => {
        if (!signal.aborted) throw error;
      });
      if (run === undefined || signal.aborted) return;
      await options.outputs?.check(run.records, run.where);
      yield { cell, control, round, ...run.measured };
    }
    maxRoundMs = Math.max(maxRoundMs, clock.now() - start);
    if (options.settled()) return;
  }
}
