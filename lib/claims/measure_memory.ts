import type { Forecast, ScaleRung, StopName } from "../model/scale.ts";
import { climbThreads } from "../scale/climb_threads.ts";
import { fitCosts } from "../scale/fit.ts";
import { eachUse, forecast, memoryUse } from "../scale/limits.ts";
import { parkTasks } from "../scale/park_tasks.ts";
import type { Lab } from "./experiment.ts";

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
    /** The cap or limit that stopped them. */
    readonly limit: number | null;
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

/** What parks tasks and starts threads; tests put others in their place. */
export interface Ladders {
  readonly park: typeof parkTasks;
  readonly climb: typeof climbThreads;
}

/** How many plain promises wait at once, each rung in a fresh process. */
const taskRungs = { quick: [1e4, 1e5], default: [1e4, 1e5, 1e6], full: [1e4, 3e4, 1e5, 3e5, 1e6] } as const;

/** Threads are started for this part of the time that is left. */
const climbingPart = 0.6;

/** How many threads are wanted: for a quick answer some, otherwise more than any machine can have for now. */
const threadsUpTo = { quick: 30, default: 1e6, full: 1e6 } as const;

/** Parks tasks and starts threads in processes of their own, until all are there or the memory or the time is used up. */
export async function measureMemory(
  { clock, effort, budgetMs, maxMemoryBytes: maxBytes, signal, step }: Lab,
  { park, climb }: Ladders = { park: parkTasks, climb: climbThreads },
): Promise<MemoryFound> {
  const wanted = taskRungs[effort];
  const startMs = clock.now();
  const leftMs = () => Math.max(0, startMs + budgetMs - clock.now());
  const rungs: ScaleRung[] = [];
  let taskLimits: Parameters<typeof forecast>[0] = [];
  for (const [i, alive] of wanted.entries()) {
    await step(0.5 * i / wanted.length);
    const { rung, limits } = await park({ kind: "promise", alive, maxBytes, maxMs: leftMs() }, { signal });
    signal.throwIfAborted();
    rungs.push(rung);
    taskLimits = limits;
    if (rung.stoppedBy !== null) break;
  }
  await step(0.5);
  const climbed = await climb({ upTo: threadsUpTo[effort], maxBytes, maxMs: climbingPart * leftMs() }, { signal });
  signal.throwIfAborted();
  await step(1);
  const bytesEach = fitCosts(rungs).at(0)?.bytesEach ??
    rungs.findLast(({ eachBytes }) => eachBytes !== null)?.eachBytes;
  const last = climbed.points.at(-1);
  return {
    tasks: {
      rungs,
      bytesEach: bytesEach ?? null,
      forecast: bytesEach === undefined || bytesEach === null
        ? []
        : forecast(taskLimits, memoryUse(bytesEach), "promise"),
    },
    threads: {
      reached: climbed.reached,
      stoppedBy: climbed.stoppedBy,
      limit: climbed.limit,
      points: climbed.points.map(({ alive, use: { rssBytes, virtualBytes } }) => ({ alive, rssBytes, virtualBytes })),
      forecast: last === undefined ? [] : forecast(climbed.limits, eachUse(last.use, last.alive), "thread"),
      keptBytes: climbed.end?.keptBytes ?? null,
    },
  };
}
