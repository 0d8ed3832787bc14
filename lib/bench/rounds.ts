import type { Clock } from "../clock.ts";
import { outcomesOf } from "../exec/pool/outcomes.ts";
import { openPool, type Pool } from "../exec/pool/pool.ts";
import { valueFormat } from "../exec/run_job.ts";
import { encodeJsonItem, valueSource } from "../exec/input/value_source.ts";
import { noPermissions, workerHost } from "../exec/host/worker_host.ts";
import type { Sample } from "../model/claim.ts";
import type { Cell } from "../model/grid.ts";
import { seededRandom, shuffled } from "../stats/random.ts";
import type { Experiment } from "./experiment.ts";

/** What is measured, how often and in which order. */
export interface RoundsOptions {
  readonly experiments: readonly Experiment[];
  readonly cells: readonly Cell[];
  /** The A/A control, measured in serial once in each round; its samples have its id. */
  readonly control: Experiment;
  readonly rounds: number;
  readonly seed: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Measures every experiment in every cell, and the control, once a round. The order is shuffled, because sequential runs
 * would compare slow drift of the machine instead. Each run has fresh threads, because two long-lived ones can differ for no
 * visible reason. A few items warm them up before the clock starts. Yields samples between runs, never while a clock runs.
 * Ends early on abort.
 */
export async function* measureRounds(options: RoundsOptions): AsyncGenerator<Sample> {
  const random = seededRandom(options.seed);
  const pairs = [
    ...options.experiments.flatMap((experiment) => options.cells.map((cell) => ({ experiment, cell }))),
    { experiment: options.control, cell: { mode: "serial", threads: 1, tasks: 1 } as const },
  ];
  for (let round = 1; round <= options.rounds; round++) {
    for (const { experiment, cell } of shuffled(pairs, random)) {
      const elapsedMs = await measureOnce(experiment, cell, options).catch((error) => {
        if (!options.signal.aborted) throw error;
      });
      if (elapsedMs === undefined || options.signal.aborted) return;
      yield { experiment: experiment.id, mode: cell.mode, round, elapsedMs };
    }
  }
}

async function measureOnce({ id, job, items }: Experiment, cell: Cell, options: RoundsOptions): Promise<number> {
  const { clock, signal } = options;
  const pool = await openPool({
    job: { kind: "builtin", name: job },
    name: id,
    threads: cell.threads,
    tasks: cell.tasks,
    host: workerHost(noPermissions),
    format: valueFormat("json", "json"),
    signal,
  });
  try {
    await runAll(pool, items.slice(0, 2 * cell.threads));
    const start = clock.now();
    await runAll(pool, items);
    return clock.now() - start;
  } finally {
    await pool.close();
  }
}

async function runAll(pool: Pool, items: readonly unknown[]): Promise<void> {
  for await (const deliveries of pool.run(valueSource(items, encodeJsonItem), { ordered: true })) {
    for (const outcome of outcomesOf(deliveries, "json")) {
      if (outcome.kind !== "ok") throw new Error(`a built-in job failed: ${JSON.stringify(outcome)}`);
    }
  }
}
