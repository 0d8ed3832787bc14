import { breakEven } from "../bench/break_even.ts";
import { type JobWork, openCell, runItems, serialCell } from "../bench/job_work.ts";
import { encodeJsonItem } from "../exec/input/value_source.ts";
import type { Pool } from "../exec/pool/pool.ts";
import type { Cell } from "../model/grid.ts";
import { seededRandom, shuffled } from "../stats/random.ts";
import type { Lab } from "./experiment.ts";

/** Items that wait and compute, the same number with each share of computing; all times in milliseconds. */
export interface SweepFound {
  readonly items: number;
  /** How long an item really waits, alone in its thread. */
  readonly waitMs: number;
  readonly cells: SweepCells;
  /** By how long items compute, shortest first; at first not at all. */
  readonly levels: readonly Level[];
  /** From which computing time on threads win in theory; null if they never do. */
  readonly theoryMs: number | null;
}

/** The two cells that are compared. */
export interface SweepCells {
  readonly tasks: Cell;
  readonly threads: Cell;
}

/** Items that all compute equally long; each list has a time for each round. */
export interface Level {
  /** How long one of them takes alone in its thread without its wait: computing, and what an item costs anyway. */
  readonly aloneMs: readonly number[];
  /** What all of them take as tasks, and in threads. */
  readonly tasksMs: readonly number[];
  readonly threadsMs: readonly number[];
}

/** An interval of a break-even needs 6 rounds. */
const minRounds = 7;

/** What the timer of an item is set to, in milliseconds; Deno takes some 2 ms for it. */
const timerMs = 1;

/** Computing times as multiples of the break-even in theory; `full` has time for more of them. */
const multiples = { some: [0, 0.4, 1, 3], many: [0, 0.1, 0.2, 0.4, 0.7, 1, 1.5, 3, 6] } as const;

/** Items of a run in each thread: of so many, the first waits, which no task can compute during, are a small part. */
const itemsPerThread = 8;

/** A limit of `primes`, and the power with which its time grows near it. */
const known = { limit: 20_000, power: 1.45 } as const;

/** One thread in which all items are tasks at the same time, and threads with one each. */
export function sweepCells({ threads, tasks }: Pick<Lab, "threads" | "tasks">): SweepCells {
  return {
    tasks: { mode: "tasks", threads: 1, tasks: Math.max(tasks, itemsPerThread * threads) },
    threads: { mode: "threads", threads, tasks: 1 },
  };
}

/** Sweeps how long items compute that also wait, in rounds; each round has fresh threads and another order. */
export async function measureSweep(lab: Lab, cells = sweepCells(lab)): Promise<SweepFound> {
  const { clock, seed, budgetMs, effort, step } = lab;
  const random = seededRandom(seed);
  const startMs = clock.now();
  await step(0);
  const { waitMs, knownMs } = await gauge(lab);
  const theoryMs = breakEven({
    ...{ waitingMs: waitMs, blockingMs: 0, usableCores: lab.cores.usable },
    ...sweepCells(lab),
    ownCost: { overheadUs: 0, threadsOverheadUs: 0 },
  });
  const limits = multiples[effort === "full" ? "many" : "some"].map((multiple) =>
    Math.round(known.limit * (multiple * (theoryMs || waitMs) / knownMs) ** (1 / known.power))
  );
  const items = itemsPerThread * lab.threads;
  const levels = limits.map(() => ({
    aloneMs: [] as number[],
    tasksMs: [] as number[],
    threadsMs: [] as number[],
  }));
  const wanted = Math.max(minRounds, lab.rounds);
  for (let round = 1; round <= wanted; round++) {
    for (const side of shuffled(["aloneMs", "tasksMs", "threadsMs"] as const, random)) {
      const isAlone = side === "aloneMs";
      const cell = isAlone ? serialCell : side === "tasksMs" ? cells.tasks : cells.threads;
      const count = isAlone ? 2 : items;
      await inCell(lab, isAlone ? "primes" : "mixed", cell, async (run) => {
        for (const level of shuffled([...limits.keys()], random)) {
          const limit = limits[level];
          const ms = await run(Array(count).fill(isAlone ? limit : { waitMs: timerMs, limit }));
          levels[level][side].push(isAlone ? ms / count : ms);
        }
      });
    }
    await step(round / wanted);
    if (round >= minRounds && clock.now() - startMs > budgetMs) break;
  }
  return { items, waitMs, cells, levels, theoryMs };
}

/** How long an item really waits, and how long the known limit computes: the shortest of a few runs, as others may disturb. */
async function gauge(lab: Lab): Promise<{ readonly waitMs: number; readonly knownMs: number }> {
  const shortest = async (job: string, item: unknown) => {
    const each: number[] = [];
    await inCell(lab, job, serialCell, async (run) => {
      for (let runs = 0; runs < 4; runs++) each.push(await run(Array(4).fill(item)) / 4);
    });
    return Math.min(...each);
  };
  return {
    waitMs: await shortest("mixed", { waitMs: timerMs, limit: 0 }),
    knownMs: await shortest("primes", known.limit),
  };
}

/** Starts fresh threads and warms them up; `use` then runs items, and gets what they took. */
async function inCell(
  { host, meter, clock, signal }: Lab,
  job: string,
  cell: Cell,
  use: (run: (items: readonly unknown[]) => Promise<number>) => Promise<void>,
): Promise<void> {
  const work: JobWork = { job: { kind: "builtin", name: job }, name: job, input: "json", host, meter, clock, signal };
  const pool: Pool = await openCell(work, cell);
  const run = async (items: readonly unknown[]) => {
    const bytes = items.map(encodeJsonItem);
    const start = clock.now();
    await runItems(pool, work, bytes, { indexOf: (place) => place, cell });
    return clock.now() - start;
  };
  try {
    const warmup = job === "primes" ? known.limit : { waitMs: 0, limit: known.limit };
    await run(Array(4 * cell.threads).fill(warmup));
    await use(run);
  } finally {
    await pool.close();
  }
}
