import { loadBetween, type RoundLoad } from "../bench/contention.ts";
import { sum } from "../stats/quantiles.ts";
import type { Lab } from "./experiment.ts";
import { type ExperimentThread, openThread } from "./experiment_thread.ts";
import { type Adder, adderWords, type AddKind, type Adds } from "./thread/adder.ts";

/** Of so many additions, so many are not in the sum. */
export interface Lost {
  readonly all: number;
  readonly lost: number;
}

/** Which additions to one counter were lost, by who added and how. */
export interface LostUpdatesFound {
  /** Threads, with a plain addition to shared memory, and with an atomic one. */
  readonly plain: Lost;
  readonly atomic: Lost;
  /** Tasks of one event loop: they read and write in one go, or they await in between. */
  readonly inOneGo: Lost;
  readonly awaiting: Lost;
  readonly threads: number;
  /** What was lost in each round of plain additions. */
  readonly lostInRound: readonly number[];
  /** What all programs used while the threads added. */
  readonly load: RoundLoad | null;
}

const threadCount = 2;
const taskCount = 100;
const addsOfTask = 100;

/** How long threads add in a round, in each way: in milliseconds. */
const addingMs = 10;

const minRounds = 3;

/** Adds in threads and in tasks, in rounds until the time is up. `plain` says how the plain additions are done. */
export async function measureLostUpdates(lab: Lab, plain: AddKind = "plain"): Promise<LostUpdatesFound> {
  const { clock, budgetMs, meter, step } = lab;
  const startMs = clock.now();
  await step(0);
  const inOneGo = await addInTasks((counter) => void counter.sum++);
  const awaiting = await addInTasks(async (counter) => {
    const read = counter.sum;
    await Promise.resolve();
    counter.sum = read + 1;
  });
  const words = new Int32Array(new SharedArrayBuffer(adderWords.length * Int32Array.BYTES_PER_ELEMENT));
  using stack = new DisposableStack();
  const threads: ExperimentThread[] = [];
  for (let i = 0; i < threadCount; i++) {
    threads.push(stack.use(await openThread("adder", { words, threads: threadCount } satisfies Adder)));
  }
  const read = () => ({ ms: clock.now(), ...meter.readLoad() });
  const before = read();
  const plainly: Lost[] = [];
  const atomically: Lost[] = [];
  const isDone = () => {
    const patience = plainly.some(({ lost }) => lost > 0) ? 1 : 2; // threads that never met, on a busy machine, get more time
    return plainly.length >= minRounds && clock.now() - startMs >= patience * budgetMs;
  };
  while (!isDone()) {
    plainly.push(await addInThreads(threads, words, plain));
    atomically.push(await addInThreads(threads, words, "atomic"));
    await step(Math.min(1, (clock.now() - startMs) / budgetMs));
  }
  const after = read();
  return {
    plain: sumOf(plainly),
    atomic: sumOf(atomically),
    inOneGo,
    awaiting,
    threads: threadCount,
    lostInRound: plainly.map(({ lost }) => lost),
    load: loadBetween(before, after) ?? null,
  };
}

function sumOf(rounds: readonly Lost[]): Lost {
  return { all: sum(rounds.map(({ all }) => all)), lost: sum(rounds.map(({ lost }) => lost)) };
}

/** What the threads lose that add at the same time. */
async function addInThreads(threads: readonly ExperimentThread[], words: Int32Array, how: AddKind): Promise<Lost> {
  Atomics.store(words, adderWords.counter, 0);
  for (const thread of threads) thread.send({ ms: addingMs, how } satisfies Adds);
  const adds = await Promise.all(threads.map(async (thread) => await thread.receive() as number));
  return { all: sum(adds), lost: sum(adds) - Atomics.load(words, adderWords.counter) };
}

/** What tasks lose that add by `add`, and let others go on after each addition. */
async function addInTasks(add: (counter: { sum: number }) => void | Promise<void>): Promise<Lost> {
  const counter = { sum: 0 };
  await Promise.all(Array.from({ length: taskCount }, async () => {
    for (let i = 0; i < addsOfTask; i++) {
      await add(counter);
      await Promise.resolve();
    }
  }));
  return { all: taskCount * addsOfTask, lost: taskCount * addsOfTask - counter.sum };
}
