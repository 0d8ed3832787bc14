import type { Clock } from "../clock.ts";
import { taskProducer } from "../streams/task_producer.ts";
import { timeout } from "../streams/timeout.ts";
import type { Lab } from "./experiment.ts";
import { openThread } from "./experiment_thread.ts";

/** What became of the results of a stream under a timeout. */
export interface Kept {
  readonly inTime: number;
  /** After the timeout was reported. */
  readonly late: number;
  readonly lost: number;
}

/** What became of `gaps` results; half of them take longer than the time limit. */
export interface TimeoutsFound {
  readonly gaps: number;
  readonly stream: Kept;
  /** How many requests a task and a thread answered in time. The others were given up: nobody gets their results. */
  readonly askedTask: number;
  readonly askedThread: number;
}

/** Answers requests; each takes so many milliseconds. */
interface Answerer extends Disposable {
  ask(ms: number): Promise<unknown>;
}

const limitMs = 8;
const longMs = 24;
const shortMs = 4;

/** How long the three constructions take for two results, and what starting a thread takes, in milliseconds. */
const pairMs = 72;
const startMs = 50;

/** What could turn the verdict. */
const constructions = { timeout, openThread: openThreadAnswerer };

/** Builds timeouts around a stream, a task and a thread, and counts what becomes of the results. */
export async function measureTimeouts(
  { clock, budgetMs, signal, step }: Lab,
  { timeout, openThread }: typeof constructions = constructions,
): Promise<TimeoutsFound> {
  const pairs = Math.min(100, Math.max(3, Math.floor((budgetMs - startMs) / pairMs)));
  const gaps = Array.from({ length: pairs }, () => [longMs, shortMs]).flat();
  await step(0);
  const stream = await streamUnderTimeout(gaps, timeout, clock, signal);
  await step(0.4);
  const askedTask = await askedInTime(gaps, (ms) => clock.wait(ms).done, clock, signal);
  await step(0.6);
  using thread = await openThread();
  const askedThread = await askedInTime(gaps, thread.ask, clock, signal);
  await step(1);
  return { gaps: gaps.length, stream, askedTask, askedThread };
}

async function streamUnderTimeout(
  gaps: readonly number[],
  withTimeout: typeof timeout,
  clock: Clock,
  signal: AbortSignal,
): Promise<Kept> {
  const producer = taskProducer(gaps.map((afterMs, value) => ({ afterMs, value })), clock);
  const timed = withTimeout(producer.items, limitMs, clock);
  const close = () => void timed.return?.();
  signal.addEventListener("abort", close);
  let [inTime, late, elapsed] = [0, 0, false];
  producer.start();
  try {
    for await (const { kind } of timed) {
      if (kind === "item") elapsed ? late++ : inTime++;
      elapsed = kind === "elapsed";
    }
  } finally {
    signal.removeEventListener("abort", close);
    await producer.ended;
  }
  return { inTime, late, lost: gaps.length - inTime - late };
}

/** Asks for one result after the other and gives each up at the limit. In the end it waits for what was given up, so that nothing is left. */
async function askedInTime(
  gaps: readonly number[],
  ask: Answerer["ask"],
  clock: Clock,
  signal: AbortSignal,
): Promise<number> {
  const answers: Promise<unknown>[] = [];
  let inTime = 0;
  for (const ms of gaps) {
    const answer = ask(ms);
    answers.push(answer);
    const limit = clock.wait(limitMs);
    if (await Promise.race([answer.then(() => true), limit.done.then(() => false)])) inTime++;
    limit.cancel();
    signal.throwIfAborted();
  }
  await Promise.all(answers);
  return inTime;
}

async function openThreadAnswerer(): Promise<Answerer> {
  const thread = await openThread("blockingWaits");
  return {
    ask(ms) {
      thread.send([ms]);
      return thread.receive();
    },
    [Symbol.dispose]: () => thread.terminate(),
  };
}
