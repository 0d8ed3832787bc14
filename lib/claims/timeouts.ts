import type { Clock } from "../clock.ts";
import { taskProducer } from "../streams/task_producer.ts";
import { timeout } from "../streams/timeout.ts";
import type { Lab } from "./experiment.ts";
import { openThread } from "./experiment_thread.ts";

/** Whether results came in time (1) or not (0), in their order. */
export type InTime = readonly (0 | 1)[];

/** What became of `gaps` results; half of them take longer than the time limit. */
export interface TimeoutsFound {
  readonly gaps: number;
  /** What a stream under a timeout gave: those that were not in time came after the timeout was reported. The rest is lost. */
  readonly stream: InTime;
  /** Requests to a task and to a thread: those that were not in time were given up, and nobody gets their results. */
  readonly askedTask: InTime;
  readonly askedThread: InTime;
}

/** Answers requests; each takes so many milliseconds. */
export interface Answerer extends Disposable {
  ask(ms: number): Promise<unknown>;
}

const limitMs = 8;
const longMs = 24;
const shortMs = 4;

/** How long the three constructions take for two results, and what starting a thread takes, in milliseconds. */
const pairMs = 72;
const startMs = 50;

/** What could turn the verdict: the timeout of streams, and a thread that blocks while it answers. */
export interface Constructions {
  readonly timeout: typeof timeout;
  openThread(): Promise<Answerer>;
}

/** Ours. */
export const constructions: Constructions = { timeout, openThread: openThreadAnswerer };

/** Builds timeouts around a stream, a task and a thread, and counts what becomes of the results. */
export async function measureTimeouts(
  { clock, budgetMs, signal, step }: Lab,
  { timeout, openThread }: Constructions = constructions,
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
  withTimeout: Constructions["timeout"],
  clock: Clock,
  signal: AbortSignal,
): Promise<InTime> {
  const producer = taskProducer(gaps.map((afterMs, value) => ({ afterMs, value })), clock);
  const timed = withTimeout(producer.items, limitMs, clock);
  const close = () => void timed.return?.();
  signal.addEventListener("abort", close);
  const inTime: (0 | 1)[] = [];
  let elapsed = false;
  producer.start();
  try {
    for await (const { kind } of timed) {
      if (kind === "item") inTime.push(elapsed ? 0 : 1);
      elapsed = kind === "elapsed";
    }
  } finally {
    signal.removeEventListener("abort", close);
    await producer.ended;
  }
  return inTime;
}

/** Asks for one result after the other and gives each up at the limit. In the end it waits for what was given up, so that nothing is left. */
async function askedInTime(
  gaps: readonly number[],
  ask: Answerer["ask"],
  clock: Clock,
  signal: AbortSignal,
): Promise<InTime> {
  const answers: Promise<unknown>[] = [];
  const inTime: (0 | 1)[] = [];
  for (const ms of gaps) {
    const answer = ask(ms);
    answers.push(answer);
    const limit = clock.wait(limitMs);
    inTime.push(await Promise.race([answer.then(() => 1 as const), limit.done.then(() => 0 as const)]));
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
