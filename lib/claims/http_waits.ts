import { type ExperimentThread, openThreads } from "./experiment_thread.ts";
import { withHttpServer } from "./http_server.ts";
import type { Lab } from "./experiment.ts";
import { measurePairs, minRounds, type Pairs } from "./pairs.ts";
import type { WaitTask } from "./thread/waits.ts";

/** How much waits, and where. */
export interface WaitsPlan {
  /** How long each wait is, in milliseconds. */
  readonly waitMs: number;
  /** Waits of the tasks, all in one thread. */
  readonly waits: number;
  /** How many of them are tasks at the same time. */
  readonly atOnce: number;
  /** Threads that wait once at a time. */
  readonly threads: number;
}

/** 1,000 requests at once, and threads that take some 100 MiB. */
const usual: WaitsPlan = { waitMs: 20, waits: 1_000, atOnce: 1_000, threads: 16 };

/** What all waits take, in milliseconds. For threads it is computed from `measured` waits, if they are fewer. */
export interface WaitsFound extends WaitsPlan {
  readonly requests: Pairs;
  readonly timers: Pairs;
  readonly measured: number;
}

/** This share of the time is for threads: their waits are chosen by that. */
const threadsShare = 0.5;

/** Measures requests, and timers beside them, as tasks of one thread and in threads; in pairs. */
export async function measureWaits(lab: Lab, plan: WaitsPlan = usual): Promise<WaitsFound> {
  const { waitMs, waits, atOnce } = plan;
  const roundMs = threadsShare * lab.budgetMs / (1 + Math.max(minRounds, lab.rounds));
  const each = Math.max(2, Math.min(Math.ceil(waits / plan.threads), Math.floor(roundMs / (2 * waitMs))));
  const measured = each * plan.threads;
  return await withHttpServer(waitMs, lab.signal, async (url) => {
    using one = await openThreads("waits", 1);
    using many = await openThreads("waits", plan.threads);
    const timers = { tasksMs: [] as number[], threadsMs: [] as number[] };
    const asTasks = (url: string | null) =>
      run(lab, one.threads, { url, waitMs, tasks: atOnce, each: Math.ceil(waits / atOnce) });
    const inThreads = async (url: string | null) =>
      await run(lab, many.threads, { url, waitMs, tasks: 1, each }) * waits / measured;
    const requests = await measurePairs(
      async () => {
        timers.tasksMs.push(await asTasks(null));
        return await asTasks(url);
      },
      async () => {
        timers.threadsMs.push(await inThreads(null));
        return await inThreads(url);
      },
      lab,
    );
    timers.tasksMs.shift(); // the first round only warms up
    timers.threadsMs.shift();
    return { ...plan, requests, timers, measured };
  });
}

async function run({ clock }: Lab, threads: readonly ExperimentThread[], task: WaitTask): Promise<number> {
  const start = clock.now();
  for (const thread of threads) thread.send(task);
  const answers = await Promise.all(threads.map((thread) => thread.receive()));
  const ms = clock.now() - start;
  const failed = answers.find((answer) => answer !== null);
  if (failed !== undefined) throw new Error(`a request failed: ${failed}`);
  return ms;
}
