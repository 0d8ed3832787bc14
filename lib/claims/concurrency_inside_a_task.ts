import type { Clock } from "../clock.ts";
import type { Claim } from "./claim.ts";
import type { Lab } from "./experiment.ts";
import { openThread } from "./experiment_thread.ts";
import { measurePairs, pairedFinding, type Pairs } from "./pairs.ts";

/** Without concurrency the ratio is 1 or less; where the three waits overlap, it comes near 3. */
const at = 1.5;

/** Claim 13. */
export const concurrencyInsideATask: Claim<Pairs> = {
  id: "concurrency-inside-a-task",
  sentence: "concurrency is possible within a task",
  source: "book",
  needs: { cores: 1, busyCores: 0 },
  paired: true,
  experiment: { ms: { quick: 250, default: 500, full: 2_000 }, measure: (lab) => measureWaits(lab) },
  judge: (found) =>
    pairedFinding(found, {
      ratio: "threads/tasks",
      at,
      holds: "above",
      says: "Three waits take {tasks} when a task joins them, and {threads} in a thread that blocks: {effect}.",
    }),
  explained: {
    stands:
      `The book: "concurrency is possible between threads", but "both between and within tasks, because a task can switch
between futures in its body".`,
    measured:
      `One task starts three waits of the same length and joins them (Promise.all); one thread blocks three times for that
length (Atomics.wait). Both are timed from the main thread in shuffled rounds. It holds if threads / tasks is above 1.5.`,
    reading:
      `Three waits in a thread take three times as long as one, and joined in a task nearly as long as one. The ratio stays
below 3.00×, because each timer of a task is about 1 ms late, which counts the more the shorter the waits are.`,
    elsewhere: [],
    byHand: `const gate = new Int32Array(new SharedArrayBuffer(4));
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
let start = performance.now();
await Promise.all([wait(50), wait(50), wait(50)]);
console.log("joined in one task", performance.now() - start, "ms");
start = performance.now();
for (let i = 0; i < 3; i++) Atomics.wait(gate, 0, 0, 50);
console.log("in one thread that blocks", performance.now() - start, "ms");`,
  },
};

/** Waits for all these times within one task. */
type WaitAll = (times: readonly number[], clock: Clock) => Promise<unknown>;

const join: WaitAll = (times, clock) => Promise.all(times.map((ms) => clock.wait(ms).done));

/** Measures three waits in one task against three in one thread. */
export async function measureWaits(lab: Lab, waitAll: WaitAll = join): Promise<Pairs> {
  const { clock } = lab;
  const times = Array(3).fill(waitMs(lab));
  using thread = await openThread("blockingWaits");
  const timed = async (side: () => Promise<unknown>) => {
    const startMs = clock.now();
    await side();
    return clock.now() - startMs;
  };
  const inTask = () => timed(() => waitAll(times, clock));
  const inThread = () =>
    timed(async () => {
      thread.send(times);
      for (const _ of times) await thread.receive();
    });
  return await measurePairs(inTask, inThread, lab);
}

/** So long that the rounds fill the time: in each, the two sides wait four times. */
function waitMs({ budgetMs, rounds }: Lab): number {
  return Math.min(40, Math.max(3, Math.floor(budgetMs / (4.5 * (Math.max(12, rounds) + 1)))));
}
