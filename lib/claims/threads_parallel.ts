import { modesClaim } from "./work/modes_claim.ts";
import { computing } from "./work/works.ts";

/** Claim 9. */
export const threadsParallel = modesClaim({
  id: "threads-parallel",
  sentence: "threads run in parallel",
  source: "article and book",
  needs: { cores: 2, busyCores: 2 },
  advises: { work: "computing", mode: "threads" },
  experiment: computing,
  baseline: "tasks",
  mode: "threads",
  holds: "above",
  at: 1.2,
  says: "The same items that compute take {baseline} as tasks and {mode} in threads.",
  explained: {
    stands:
      'The article, under "True Parallelism": threads run in parallel on several cores, which is great for CPU-bound work. The book: if the work is very parallelizable, threads are the better choice.',
    measured: `Items that compute run as tasks on one event loop, and in one thread for each core, in shuffled rounds.
It holds if the 95 % interval of the speedup lies above 1.2×, which one core cannot reach. Other programs that use the
cores meanwhile make it unclear.`,
    reading: "With 2 free cores, 1.8× to 1.95× is usual: starting the items and collecting the results take the rest.",
    elsewhere: [{
      says: "Node.js: worker threads execute JavaScript in parallel and are useful for CPU-intensive operations.",
      source:
        "Node.js, Worker threads, https://github.com/nodejs/node/blob/009adc7e217d55eeae6de341736e0a26c473b0dd/doc/api/worker_threads.md",
    }, {
      says: "Go: more CPUs can also slow a program that communicates more than it computes.",
      source:
        "Go FAQ, https://github.com/golang/website/blob/21ca6346b03744182c6fb4521b7b9166664c4c52/_content/doc/faq.md",
    }],
    byHand:
      `const code = \`onmessage = () => { let sum = 0; for (let i = 0; i < 3e8; i++) sum += i % 7; postMessage(sum); };\`;
const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
const work = (worker: Worker) => new Promise((done) => { worker.onmessage = done; worker.postMessage(0); });
const workers = [new Worker(url, { type: "module" }), new Worker(url, { type: "module" })];
await Promise.all(workers.map(work)); // started and compiled now
let start = performance.now();
for (const worker of workers) await work(worker);
console.log("one after the other", performance.now() - start, "ms");
start = performance.now();
await Promise.all(workers.map(work));
console.log("at the same time", performance.now() - start, "ms");
workers.forEach((worker) => worker.terminate());`,
  },
});
