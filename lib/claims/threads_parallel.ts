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
    stands: "Both texts: each thread can run on a core of its own at the same time as the others.",
    measured: `Items that compute run as tasks on one event loop, and in one thread for each core, in shuffled rounds.
It holds if the 95 % interval of the speedup lies above 1.2×, which one core cannot reach. Other programs that use the
cores meanwhile make it unclear.`,
    reading: "With 2 free cores, 1.8× to 1.95× is usual: starting the items and collecting the results take the rest.",
    elsewhere: [],
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
