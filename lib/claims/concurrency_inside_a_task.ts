import type { Claim } from "./claim.ts";
import { pairedFinding, type Pairs } from "./pairs.ts";

/** Without concurrency the ratio is 1 or less; where the three waits overlap, it comes near 3. */
const at = 1.5;

/** Claim 13. */
export const concurrencyInsideATask: Claim<Pairs> = {
  id: "concurrency-inside-a-task",
  sentence: "one task can wait for many",
  source: "book",
  needs: { cores: 1, busyCores: 0 },
  family: "costs",
  experiment: {
    ms: { quick: 250, default: 500, full: 2_000 },
    measure: async (lab) => await (await import("./joined_waits.ts")).measureWaits(lab),
  },
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
      `Three waits in a thread take three times as long as one, and joined in a task nearly as long as one. The ratio is a
little below 3.00×, because each timer of a task is up to 1 ms late, which counts the more the shorter the waits are.`,
    elsewhere: [
      {
        says: "tokio: join! runs all its futures concurrently on the current task.",
        source: "tokio, macro join, https://docs.rs/tokio/1/tokio/macro.join.html",
      },
      {
        says: "Python: waits of 1 s and 2 s take 3 s one after the other, and 2 s as two tasks.",
        source: "Python, Coroutines and Tasks, https://docs.python.org/3.10/library/asyncio-task.html",
      },
    ],
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
