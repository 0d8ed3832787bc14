import { nextTurn } from "../clock.ts";
import type { Lab } from "./experiment.ts";
import { openThread } from "./experiment_thread.ts";
import { type CleanupsInput, readingTask, waitingTask } from "./thread/cleanups.ts";

/** Of so many `finally` blocks, so many ran. */
export interface Ran {
  readonly all: number;
  readonly ran: number;
}

/** Which `finally` blocks ran, by what ended the code that they belong to. */
export interface CleaningFound {
  /** A loop over an async generator was left by `break`. */
  readonly afterBreak: Ran;
  /** Tasks that waited were aborted. */
  readonly afterAbort: Ran;
  /** The same tasks, in threads that were terminated. */
  readonly afterTerminate: Ran;
  readonly threads: number;
  /** Tasks whose promise was dropped, without a word to them, and how many of them went on to their end. */
  readonly abandoned: { readonly all: number; readonly wentOn: number };
}

/** The tasks that are ended; tests put others in their place. */
export interface EndedTasks {
  readonly reading: typeof readingTask;
  readonly waiting: typeof waitingTask;
}

/** Tasks of each kind, here and in each thread. */
const each = 100;

/** How long tasks may take to end, and how long threads are watched after `terminate()`. */
const patienceMs = 500;
const watchedMs = 10;

/** What a thread takes, roughly. */
const threadMs = 35;

/** Ends tasks in each way, and counts their `finally` blocks. */
export async function measureCleaning(
  lab: Lab,
  { reading, waiting }: EndedTasks = { reading: readingTask, waiting: waitingTask },
): Promise<CleaningFound> {
  await lab.step(0);
  const afterBreak = await endTasks(reading, lab.clock);
  const afterAbort = await endTasks(waiting, lab.clock);
  const abandoned = await abandonTasks();
  const threads = Math.min(10, Math.max(2, Math.floor(lab.budgetMs / threadMs)));
  let ran = 0;
  for (let i = 0; i < threads; i++) {
    ran += await terminateThread(lab.clock);
    await lab.step((i + 1) / threads);
  }
  return { afterBreak, afterAbort, afterTerminate: { all: threads * 2 * each, ran }, threads, abandoned };
}

async function endTasks(task: typeof waitingTask, clock: Lab["clock"]): Promise<Ran> {
  const stop = new AbortController();
  let ran = 0;
  const all = Array.from({ length: each }, () => task(stop.signal, () => void ran++));
  await nextTurn(); // all of them wait now
  const patience = clock.wait(patienceMs);
  stop.abort();
  await Promise.race([Promise.allSettled(all), patience.done]);
  patience.cancel();
  return { all: each, ran };
}

/** `finally` blocks that ran after a thread with such tasks was terminated. */
async function terminateThread(clock: Lab["clock"]): Promise<number> {
  const cleaned = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  using thread = await openThread("cleanups", { each, cleaned } satisfies CleanupsInput);
  thread.send("started?");
  if (await thread.receive() !== 2 * each) throw new Error("not all tasks have started");
  thread.terminate();
  await clock.wait(watchedMs).done;
  return Atomics.load(cleaned, 0);
}

/** Starts tasks and keeps nothing of them. */
async function abandonTasks(): Promise<CleaningFound["abandoned"]> {
  let wentOn = 0;
  const task = async () => {
    await nextTurn();
    wentOn++;
  };
  for (let i = 0; i < each; i++) void task();
  await nextTurn();
  await nextTurn();
  return { all: each, wentOn };
}
