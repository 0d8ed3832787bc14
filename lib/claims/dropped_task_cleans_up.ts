import type { Claim, Finding } from "./claim.ts";
import type { CleaningFound, Ran } from "./cleaning.ts";
import { countOf } from "./quantities.ts";

/** Claim 12. */
export const droppedTaskCleansUp: Claim<CleaningFound> = {
  id: "dropped-task-cleans-up",
  sentence: "an ended task cleans up",
  source: "book",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: {
    ms: { quick: 150, default: 300, full: 1000 },
    measure: async (lab) => await (await import("./cleaning.ts")).measureCleaning(lab),
  },
  judge: judgeCleaning,
  explained: {
    stands: "The book: whenever we ended a future, its state got cleaned up correctly.",
    measured: `100 tasks read an async generator, and leave their loop by break; 100 tasks wait, and are aborted. It is
counted how many finally blocks ran. Threads run the same code and are terminated; their finally blocks are counted in
shared memory. It holds if all finally blocks of the tasks ran.`,
    reading: `JavaScript has no drop: break calls the generator's return(), and an abort has to be noticed by the code
that waits. A promise that nobody keeps is not dropped, its task goes on to its end. A terminated thread runs no finally
block: ask it by a message, and terminate it when it has answered.`,
    elsewhere: [
      {
        says: "tokio: select! drops the branches that do not complete; dropping is the signal to cancel.",
        source:
          "Tokio tutorial, Select, https://github.com/tokio-rs/website/blob/04afd997b6b51d364f4d3ac06fa91f4297bb7191/content/tokio/tutorial/select.md",
      },
      {
        says:
          "Python asyncio: a cancelled task gets CancelledError at the next opportunity; try/finally is the way to clean up.",
        source: "Python docs change GH-94794, https://www.python.org/pipermail/python-checkins/2022-July/177667.html",
      },
      {
        says: "Web Workers: terminate() gives the worker no opportunity to finish its operations.",
        source: "MDN, Worker: terminate(), https://developer.mozilla.org/en-US/docs/Web/API/Worker.terminate",
      },
    ],
    byHand: `const cleaned = new Int32Array(new SharedArrayBuffer(4));
async function* numbers() { try { for (let i = 0;; i++) yield i; } finally { cleaned[0]++; } }
for await (const number of numbers()) if (number === 3) break;
console.log("finally blocks after break:", cleaned[0], "of 1");
const code = \`onmessage = async ({ data: cleaned }) => {
  async function* numbers() { try { for (let i = 0;; i++) yield i; } finally { cleaned[0]++; } }
  for await (const number of numbers()) { postMessage(number); await new Promise(() => {}); } };\`;
const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })), { type: "module" });
worker.postMessage(cleaned);
await new Promise((started) => worker.onmessage = started);
worker.terminate();
await new Promise((done) => setTimeout(done, 100));
console.log("finally blocks after terminate():", cleaned[0] - 1, "of 1");`,
  },
};

/** Judges the tasks; the threads are the contrast. */
export function judgeCleaning(found: CleaningFound): Finding {
  const { afterBreak, afterAbort, afterTerminate, abandoned } = found;
  const complete = ({ all, ran }: Ran) => ran === all;
  const count = ({ all, ran }: Ran) => countOf(ran, all);
  const tasks = { all: afterBreak.all + afterAbort.all, ran: afterBreak.ran + afterAbort.ran };
  return {
    test: { kind: "counted", holds: complete(afterBreak) && complete(afterAbort) },
    effect: null,
    interval: null,
    evidence: {
      tasks: count(tasks),
      threads: count(afterTerminate),
      says: "Of the finally blocks, {afterBreak} ran after break and {afterAbort} after an abort of tasks, and " +
        "{afterTerminate} after terminate() of threads with the same code; {abandoned} tasks went on whose promise was dropped.",
      quantities: {
        afterBreak: count(afterBreak),
        afterAbort: count(afterAbort),
        afterTerminate: count(afterTerminate),
        threads: countOf(found.threads),
        abandoned: countOf(abandoned.wentOn, abandoned.all),
      },
      samples: {},
    },
  };
}
