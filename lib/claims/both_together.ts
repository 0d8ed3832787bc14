import { modesClaim } from "./work/modes_claim.ts";
import { mixed } from "./work/works.ts";

/** Claim 17. */
export const bothTogether = modesClaim({
  id: "both-together",
  sentence: "for a mix, both beat tasks",
  source: "book",
  needs: { cores: 2, busyCores: 2 },
  advises: { work: "mixed", mode: "both" },
  experiment: mixed,
  baseline: "tasks",
  mode: "both",
  holds: "above",
  at: 1.2,
  says: "The same items, which wait and then compute, take {baseline} as tasks and {mode} as tasks in threads.",
  explained: {
    stands:
      "The book: if you need both parallelism and concurrency, you don't have to choose between threads and async; you can use them together freely.",
    measured:
      `Items that wait and then compute run as tasks in one thread, and as the same number of tasks spread over one
thread for each core, in shuffled rounds. It holds if the 95 % interval of the speedup lies above 1.2×.`,
    reading: "The more an item computes, the closer the effect comes to the number of cores.",
    elsewhere: [{
      says: "tokio: blocking or long computing goes to spawn_blocking, so that other futures go on.",
      source: "tokio, spawn_blocking, https://docs.rs/tokio/1/tokio/task/fn.spawn_blocking.html",
    }, {
      says:
        "Node.js with a pool of workers, measured: 6,007 instead of 3,307 messages a second, loop lag 10.0 instead of 31.8 ms.",
      source: "node-worker-pool-stream-processor, https://github.com/antoanpopov/node-worker-pool-stream-processor",
    }],
    byHand: `const code = \`onmessage = async () => { await Promise.all(Array.from({ length: 20 }, async () => {
  await new Promise((done) => setTimeout(done, 4));
  for (let i = 0, sum = 0; i < 2e7; i++) sum += i % 7; })); postMessage(0); };\`;
const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
const work = (worker: Worker) => new Promise((done) => { worker.onmessage = done; worker.postMessage(0); });
const workers = [new Worker(url, { type: "module" }), new Worker(url, { type: "module" })];
await Promise.all(workers.map(work)); // started and compiled now
let start = performance.now();
for (let i = 0; i < 2; i++) await work(workers[0]);
console.log("40 items as tasks", performance.now() - start, "ms");
start = performance.now();
await Promise.all(workers.map(work));
console.log("40 items as tasks in 2 threads", performance.now() - start, "ms");
workers.forEach((worker) => worker.terminate());`,
  },
});
