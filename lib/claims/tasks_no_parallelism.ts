import { modesClaim } from "./work/modes_claim.ts";
import { computing } from "./work/works.ts";

/** Claim 8. */
export const tasksNoParallelism = modesClaim({
  id: "tasks-no-parallelism",
  sentence: "tasks give no parallelism",
  source: "article",
  needs: { cores: 1, busyCores: 1 },
  experiment: computing,
  baseline: "serial",
  mode: "tasks",
  holds: "below",
  at: 1.2,
  says: "The same items that compute take {baseline} one after the other and {mode} as tasks.",
  explained: {
    stands:
      'The article, under "No Parallelism": tasks run concurrently, but not truly in parallel, unless the executor itself has several threads.',
    measured: `Items that compute run one after the other, and as many tasks on one event loop, in shuffled rounds.
It holds if the 95 % interval of the speedup lies below 1.2×: a second core at work would show as more.`,
    reading: "About 1.00× means that tasks take turns on one core. They do not compute faster, however many there are.",
    elsewhere: [{
      says: "Python asyncio: while a task runs in the event loop, no other task can run in the same thread.",
      source: "Python, Developing with asyncio, https://docs.python.org/3.13/library/asyncio-dev.html",
    }, {
      says: "tokio: branches of join! run concurrently, not in parallel; one that blocks the thread stops the others.",
      source: "tokio, macro join, https://docs.rs/tokio/1/tokio/macro.join.html",
    }],
    byHand: `const count = () => { let n = 0; for (let i = 2; n < 4000; i++) if (isPrime(i)) n++; return n; };
const isPrime = (n: number) => { for (let d = 2; d * d <= n; d++) if (n % d === 0) return false; return true; };
count(); // compiled now
let start = performance.now();
for (let i = 0; i < 20; i++) count();
console.log("one after the other", performance.now() - start, "ms");
start = performance.now();
await Promise.all(Array.from({ length: 20 }, async () => { await null; count(); }));
console.log("as 20 tasks", performance.now() - start, "ms");`,
  },
});
