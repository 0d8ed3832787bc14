import { type ChildOptions, runChild } from "../child/run_child.ts";
import type { BusyThreadsInput, BusyThreadsReport, StoppedThread } from "./busy_threads.ts";
import type { Lab } from "./experiment.ts";
import { waitingTask } from "./thread/cleanups.ts";

/** What stops, and how; times in milliseconds. */
export interface CancellingFound {
  /** Tasks that were aborted, and how many of them ended; how long that took all of them. */
  readonly tasks: { readonly all: number; readonly ended: number; readonly ms: number };
  readonly threads: readonly StoppedThread[];
  /** Threads that were stopped while blocked, and how many went on when they were woken. */
  readonly blocked: { readonly all: number; readonly wentOn: number };
  /** How long it took to kill a process with a busy thread. */
  readonly killMs: number;
}

/** What is stopped; tests put others in its place. */
export interface Stopped {
  readonly task: (signal: AbortSignal) => Promise<void>;
  readonly stop: BusyThreadsInput["stop"];
  readonly start?: ChildOptions<unknown>["start"];
}

const taskCount = 1000;

/** How long aborted tasks may take to end. */
const patienceMs = 500;

/** What a child takes to start, and then each of its threads; roughly. */
const childMs = 150;
const threadMs = 25;
const minTries = 3;

/** Measures what an abort does to tasks, and `terminate()` to busy threads. */
export async function measureCancelling(
  { clock, signal, budgetMs, step }: Lab,
  { task, stop, start }: Stopped = { task: (signal) => waitingTask(signal, () => {}), stop: "terminate" },
): Promise<CancellingFound> {
  await step(0);
  const tasks = await abortTasks(task, clock);
  const windowMs = Math.min(100, Math.max(20, budgetMs / 40));
  const fitting = Math.floor((budgetMs - childMs) / (2 * (windowMs + threadMs)));
  const tries = Math.min(20, Math.max(minTries, fitting));
  const input: BusyThreadsInput = { tries, budgetMs: budgetMs - childMs, minTries, windowMs, stop };
  const threads: StoppedThread[] = [];
  const wentOn: boolean[] = [];
  let killedMs: number | undefined;
  const end = await runChild<BusyThreadsReport>("busyThreads", input, {
    signal,
    start,
    async onReport(report) {
      if (report.kind === "computes") threads.push(report.thread);
      else if (report.kind === "blocks") wentOn.push(report.wentOn);
      else {
        killedMs = clock.now();
        return "enough";
      }
      await step(threads.length / (tries + 1));
    },
  });
  signal.throwIfAborted();
  if (killedMs === undefined) throw new Error(`the child with the threads ended early: ${JSON.stringify(end)}`);
  const killMs = clock.now() - killedMs;
  await step(1);
  return { tasks, threads, blocked: { all: wentOn.length, wentOn: wentOn.filter(Boolean).length }, killMs };
}

async function abortTasks(task: Stopped["task"], clock: Lab["clock"]): Promise<CancellingFound["tasks"]> {
  const stop = new AbortController();
  let ended = 0;
  const end = () => void ended++;
  const all = Array.from({ length: taskCount }, () => task(stop.signal).then(end, end));
  const patience = clock.wait(patienceMs);
  const startMs = clock.now();
  stop.abort();
  await Promise.race([Promise.all(all), patience.done]);
  const ms = clock.now() - startMs;
  patience.cancel();
  return { all: taskCount, ended, ms };
}
