import { modesClaim } from "./work/modes_claim.ts";
import { waiting } from "./work/works.ts";

/** Claim 10, with timers. */
export const waitingNeedsTasks = modesClaim({
  id: "waiting-needs-tasks",
  sentence: "threads do badly when all items wait",
  source: "article",
  needs: { cores: 1, busyCores: 0 },
  advises: { work: "waiting", mode: "tasks" },
  experiment: waiting,
  baseline: "threads",
  mode: "tasks",
  holds: "above",
  at: 2,
  says: "The same items that wait for a timer take {baseline} in threads, one at a time in each, and {mode} as tasks.",
  explained: {
    stands: "The article: a thread that waits for I/O is blocked, and does nothing else meanwhile.",
    measured: `Items that only wait run in one thread for each core, one at a time in each, and as many tasks in one
thread, in shuffled rounds. It holds if the 95 % interval of the speedup lies above 2×.`,
    reading:
      "The effect is about the number of tasks, divided by the number of threads, until timers themselves take time.",
    elsewhere: [],
    byHand: `const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
let start = performance.now();
for (let i = 0; i < 50; i++) await wait(5); // what one thread does that waits
console.log("one at a time", performance.now() - start, "ms");
start = performance.now();
await Promise.all(Array.from({ length: 50 }, () => wait(5)));
console.log("as 50 tasks", performance.now() - start, "ms");`,
  },
});
