import type { Claim } from "./claim.ts";
import type { Experiment, Lab } from "./experiment.ts";
import { openThread } from "./experiment_thread.ts";
import { measurePairs, pairedFinding, type Pairs } from "./pairs.ts";

/** Tasks that are started for one reading: a single one takes less than the clock can tell. */
const tasksAtOnce = 2_000;

/** What one task, or one thread, does until it has answered and ended. */
export interface Started {
  readonly task: () => Promise<void>;
  readonly thread: () => Promise<void>;
}

/** A task that answers once; a thread that answers once and is ended. */
const real: Started = {
  async task() {
    await null;
  },
  async thread() {
    using thread = await openThread("echo");
    thread.send(0);
    await thread.receive();
  },
};

/** How long one of either takes from its start to its end. */
export async function measureStarts(lab: Lab, { task, thread }: Started = real): Promise<Pairs> {
  const { clock } = lab;
  const timeOf = async (run: () => Promise<unknown>) => {
    const startMs = clock.now();
    await run();
    return clock.now() - startMs;
  };
  const tasks = () => Promise.all(Array.from({ length: tasksAtOnce }, () => task()));
  return await measurePairs(async () => await timeOf(tasks) / tasksAtOnce, () => timeOf(thread), lab);
}

const experiment: Experiment<Pairs> = {
  ms: { quick: 400, default: 1_000, full: 4_000 },
  measure: (lab) => measureStarts(lab),
};

/** Claim 6: its first half; what memory is not given back is measured by claim 5's threads. */
export const threadsCostToStart: Claim<Pairs> = {
  id: "threads-cost-to-start",
  sentence: "threads cost time to start",
  source: "book",
  needs: { cores: 1, busyCores: 1 },
  family: "costs",
  experiment,
  judge: (pairs) =>
    pairedFinding(pairs, {
      ratio: "threads/tasks",
      at: 10,
      holds: "above",
      says: "To start, answer once and end takes a task {tasks} and a thread {threads}.",
    }),
  explained: {
    stands: 'The book: threads "come with some overhead for starting up and shutting down".',
    measured:
      `A task starts, answers once and ends, ${tasksAtOnce} of them in a row; a thread (a Web Worker) starts, answers
one message and is terminated. Both are timed in shuffled rounds. It holds if the 95 % interval of the ratio lies above
10×.`,
    reading:
      "A thread in Deno has a JavaScript engine of its own, which is what takes the time: start few, and keep them.",
    elsewhere: [
      {
        says: "Rust on Linux, measured: a new kernel thread takes about 17 µs, a new async task about 300 ns.",
        source: "context-switch (copy of ChaosStudyGroup), https://github.com/chaosstudygroup/context-switch",
      },
      {
        says: "Node.js: without a pool, creating Workers would likely cost more than they bring.",
        source:
          "Node.js, Worker threads, https://github.com/nodejs/node/blob/009adc7e217d55eeae6de341736e0a26c473b0dd/doc/api/worker_threads.md",
      },
    ],
    byHand: `let start = performance.now();
await Promise.all(Array.from({ length: 2000 }, async () => { await null; }));
console.log("a task", (performance.now() - start) / 2000, "ms");
const code = "onmessage = ({ data }) => postMessage(data);";
const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
for (let i = 0; i < 5; i++) {
  start = performance.now();
  const worker = new Worker(url, { type: "module" });
  await new Promise((done) => { worker.onmessage = done; worker.postMessage(0); });
  worker.terminate();
  console.log("a thread", performance.now() - start, "ms");
}`,
  },
};
