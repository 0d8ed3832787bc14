import type { Claim } from "./claim.ts";

/** Claim 20: what of it cannot be measured. It is tested all the same, so that it stands in the result, with its reason. */
export const threadsSimpler: Claim<null> = {
  id: "threads-simpler",
  sentence: "threads are simpler to use",
  source: "article and book",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: {
    ms: { quick: 1, default: 1, full: 1 },
    measure: async ({ step }) => {
      await step(1);
      return null;
    },
  },
  judge: () => ({
    test: { kind: "open", reason: { kind: "not-measurable" } },
    effect: null,
    interval: null,
    evidence: {
      tasks: null,
      threads: null,
      says:
        "Nothing was measured: how simple code is to its reader, and how mature its tools are, no run of it can show.",
      quantities: {},
      samples: {},
    },
  }),
  explained: {
    stands:
      `The article: threaded code is simpler for small programs, since you do not need to set up async executors, and
threads have mature tools. The book: concurrency with threads is in some ways a simpler programming model.`,
    measured: `Nothing. A program can count lines or stack frames, but not how well somebody understands them; and it
cannot see which tools exist. What can be measured of how hard async is to debug is the claim async-harder-to-debug.`,
    reading:
      `Judge for yourself: below is the same work as tasks and in a thread. In JavaScript the texts' reasons hardly
apply: the event loop is always there, and a thread needs a module of its own and messages.`,
    elsewhere: [
      {
        says: "The Rust async book: if performance does not need async, threads can often be the simpler choice.",
        source:
          "Asynchronous Programming in Rust, https://github.com/rust-lang/async-book/blob/0814965fa2bb2e9336c9df35a6353b7d25a5e8a4/src/01_getting_started/02_why_async.md",
      },
    ],
    byHand: `// As a task: a function, its value, its error.
const double = async (n: number) => { await new Promise((done) => setTimeout(done, 1)); return 2 * n; };
console.log("task:", await double(21));

// In a thread: a module, a message there, a message back, an error event, an end.
const code = "onmessage = ({ data }) => postMessage(2 * data);";
const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
const value = await new Promise((done, fail) => {
  worker.onmessage = ({ data }) => done(data);
  worker.onerror = fail;
  worker.postMessage(21);
});
console.log("thread:", value);
worker.terminate();`,
  },
};
