import { modesClaim } from "./work/modes_claim.ts";
import { waiting } from "./work/works.ts";

/** Claim 10, with timers. */
export const waitingNeedsTasks = modesClaim({
  id: "waiting-needs-tasks",
  sentence: "threads are bad at waiting",
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
    stands: 'The article, under "Poor Scalability for I/O-bound Work": each thread blocks until the I/O completes.',
    measured: `The same 16 or more items, each of which only waits for a timer, run in two threads, one at a time in
each, and as tasks of one thread, in shuffled rounds. It holds if the 95 % interval of the speedup lies above 2×.`,
    reading: `The effect is at most the number of items that wait at the same time, divided by the two threads: 8× for
16 items. It is less here, because so short a run also shows what starting and collecting its items takes. With a thread for
each item there would be no effect, but each thread takes memory: see thread-stack.`,
    elsewhere: [{
      says:
        "Java: of 10,000 tasks that sleep one second, 200 pooled threads end 200 a second, virtual threads about 10,000.",
      source: "JEP 444, https://openjdk.org/jeps/444",
    }, {
      says: "tokio: for reading many files it has no advantage over an ordinary thread pool.",
      source:
        "Tokio tutorial, Overview, https://github.com/tokio-rs/website/blob/08c8bcd01d46041959369c6341fa6ec8dc1b4435/content/tokio/tutorial/index.md",
    }, {
      says: "Against it: where I/O wakes them, a switch between tasks cost as much as one between threads, 1.7 µs.",
      source: "Jim Blandy, context-switch, https://github.com/jimblandy/context-switch",
    }],
    byHand: `const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
let start = performance.now();
for (let i = 0; i < 50; i++) await wait(5); // what one thread does that waits
console.log("one at a time", performance.now() - start, "ms");
start = performance.now();
await Promise.all(Array.from({ length: 50 }, () => wait(5)));
console.log("as 50 tasks", performance.now() - start, "ms");`,
  },
});
