import type { ChildMeasurement } from "../child/child_main.ts";
import { nextTurn, systemClock } from "../clock.ts";
import { openThread } from "./experiment_thread.ts";
import { type BusyInput, busyWords } from "./thread/busy.ts";

/** What the child does: it runs threads that compute, stops each in the same way, and measures what they do after it. */
export interface BusyThreadsInput {
  readonly tries: number;
  /** After this time no further thread is tried, if there were `minTries`. */
  readonly budgetMs: number;
  readonly minTries: number;
  /** How long processor time is measured, before and after a thread is stopped. */
  readonly windowMs: number;
  /** By `terminate()`, or by a flag in shared memory, which the thread notices before it is measured again. */
  readonly stop: "terminate" | "flag";
}

/** What a thread did that was stopped; times in milliseconds. */
export interface StoppedThread {
  /** Processor time of the process per millisecond, before and after the thread was stopped: 1 is a whole core. */
  readonly beforeCores: number;
  readonly afterCores: number;
  /** Processor time after it, and how long that was measured. */
  readonly afterMs: number;
  readonly windowMs: number;
  /** How long stopping took the one who stopped. */
  readonly returnedMs: number;
  /**
   * From setting the flag, after that, until the thread had left its loop: so it was still running. Null if it had left the
   * loop before, or never did.
   */
  readonly flagMs: number | null;
}

/** What the child reports. */
export type BusyThreadsReport =
  | { readonly kind: "computes"; readonly thread: StoppedThread }
  /** A thread that is blocked in Atomics.wait was stopped; it went on when it was woken. */
  | { readonly kind: "blocks"; readonly wentOn: boolean }
  /** One more thread computes, and nothing will stop it: the child can be killed. */
  | { readonly kind: "burning" };

const clock = systemClock;
const { now } = clock;

/** How long a thread may take for what it is waited for: one that runs, but on a busy machine, and one that may have ended. */
const patienceMs = 5000;
const shortPatienceMs = 500;

/** A thread runs if the process uses more than this of a core; its main thread alone uses less. */
const runsAt = 0.1;

/** The child's side; the last thread burns on until the child is killed. */
export const busyThreads: ChildMeasurement = async (input, report) => {
  const { tries, budgetMs, minTries, windowMs, stop } = input as BusyThreadsInput;
  const startMs = now();
  const say = (message: BusyThreadsReport) => report(message);
  for (let i = 0; i < tries; i++) {
    await say({ kind: "computes", thread: await measureStop(windowMs, stop) });
    await say({ kind: "blocks", wentOn: await wakeStopped() });
    if (i + 1 >= minTries && now() - startMs > budgetMs) break;
  }
  await openBusy("computes");
  await say({ kind: "burning" });
  await new Promise(() => {});
};

async function openBusy(kind: BusyInput["kind"]) {
  const words = new Int32Array(new SharedArrayBuffer(busyWords.length * Int32Array.BYTES_PER_ELEMENT));
  const thread = await openThread("busy", { kind, words } satisfies BusyInput);
  thread.send("begin");
  if (!await changed(words, busyWords.started, patienceMs)) throw new Error("a thread did not begin");
  return { thread, words };
}

async function measureStop(windowMs: number, stop: BusyThreadsInput["stop"]): Promise<StoppedThread> {
  const { thread, words } = await openBusy("computes");
  const before = await processorTime(windowMs);
  const startMs = now();
  if (stop === "terminate") thread.terminate();
  else setFlag(words);
  const returnedMs = now() - startMs;
  if (stop === "flag") await changed(words, busyWords.ended, patienceMs);
  const after = await processorTime(windowMs);
  const ranOn = Atomics.load(words, busyWords.ended) === 0;
  const flaggedMs = now();
  setFlag(words);
  const ownPatienceMs = after.usedMs > runsAt * after.elapsedMs ? patienceMs : shortPatienceMs;
  const flagMs = ranOn && await changed(words, busyWords.ended, ownPatienceMs) ? now() - flaggedMs : null;
  thread.terminate();
  const [beforeCores, afterCores] = [before, after].map(({ usedMs, elapsedMs }) => usedMs / elapsedMs);
  return { beforeCores, afterCores, afterMs: after.usedMs, windowMs: after.elapsedMs, returnedMs, flagMs };
}

/** Whether a thread that was terminated while it was blocked goes on when it is woken. */
async function wakeStopped(): Promise<boolean> {
  const { thread, words } = await openBusy("blocks");
  thread.terminate();
  setFlag(words);
  return await changed(words, busyWords.ended, shortPatienceMs);
}

function setFlag(words: Int32Array): void {
  Atomics.store(words, busyWords.flag, 1);
  Atomics.notify(words, busyWords.flag);
}

/** Whether a word is no longer 0, at the latest after `ms`. It polls: Atomics.waitAsync does not wake Deno 2.6. */
async function changed(words: Int32Array, word: number, ms: number): Promise<boolean> {
  for (const end = now() + ms; Atomics.load(words, word) === 0 && now() < end;) await nextTurn();
  return Atomics.load(words, word) !== 0;
}

/** The processor time that this process uses while its main thread waits. */
async function processorTime(ms: number): Promise<{ readonly usedMs: number; readonly elapsedMs: number }> {
  const startMs = now();
  const start = globalThis.process.cpuUsage();
  await clock.wait(ms).done;
  const { user, system } = globalThis.process.cpuUsage(start);
  return { usedMs: (user + system) / 1000, elapsedMs: now() - startMs };
}
