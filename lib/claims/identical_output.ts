import type { ClaimReason } from "../model/reason.ts";
import { minValues, signedRankP } from "../stats/signed_rank.ts";
import { compareItems } from "../streams/agreement.ts";
import type { Shown } from "../streams/listing_17_41.ts";
import type { Claim, Finding, Test } from "./claim.ts";
import { listings } from "./listing/experiment.ts";
import type { ListingsFound, Printed } from "./listing/found.ts";
import { countOf } from "./quantities.ts";

/** The accepted probability that noise alone gives so many pairs that differ. */
const risk = 0.05;

/** Two runs of the task may differ in this share of the rounds: beyond, the machine is too busy to lay a difference to the thread. */
const noisyShare = 0.2;

/** Claim 1. */
export const identicalOutput: Claim<ListingsFound> = {
  id: "identical-output",
  sentence: "the output is identical",
  source: "book",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: listings,
  judge: judgeOutput,
  explained: {
    stands:
      `The book says it of Listings 17-40 and 17-41, where a task and a thread produce the intervals: "If you run this
code, the output is identical to that of Listing 17-40".`,
    measured:
      `The listing runs in pairs, with a task and with a thread, in shuffled order: on a clock that is 25 times as fast,
and on the real one if there is time, where each run has a process of its own. Compared are the 20 items, source by source
(messages with their timeouts, and intervals), because items of the same millisecond may come in either order, and whether the
producer says on stderr that it could not send. Two runs with a task are compared too: on a busy machine even they can differ. It fails if pairs of a task and a thread differ more often than two tasks do, beyond chance (sign test, 5 %).`,
    reading:
      `The columns show how many runs printed the book's 20 items. They are usually the same. stderr is not: a task is
dropped while it sleeps and says nothing; a thread goes on until it finds its channel closed, and says "Could not send interval".
Rust's listing says so in some runs only, as the program's end may come first; here the program waits for the thread.`,
    elsewhere: [{
      says: "A reader found that the intervals are still produced every millisecond, into an unbounded channel.",
      source: "rust-lang/book issue 4488, https://github.com/rust-lang/book/issues/4488",
    }],
    byHand: `const code = \`onmessage = ({ data: closed }) => {
  for (let n = 1; ; n++) {
    if (Atomics.wait(closed, 0, 0, 1) !== "timed-out") return postMessage("Could not send interval " + n);
    postMessage("Interval #" + n);
  }
}\`;
const thread: string[] = [], task: string[] = [], closed = new Int32Array(new SharedArrayBuffer(4));
const worker = new Worker("data:text/javascript," + encodeURIComponent(code), { type: "module" });
worker.onmessage = ({ data }) => thread.push(data);
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms));
(async () => { for (let n = 1; await sleep(1), !closed[0]; n++) task.push("Interval #" + n); })();
worker.postMessage(closed);
await sleep(300); closed[0] = 1; await sleep(50); worker.terminate();
console.log({ task: task.slice(-2), thread: thread.slice(-2) });`,
  },
};

/** The items of the book on an ideal machine, in the order in which they are due. */
const ideal: readonly Shown[] = "1 a E b c 2 E d e 3 E f g E 4 h i E j 5".split(" ").map((mark) => {
  if (mark === "E") return { kind: "timeout", text: "Problem: Elapsed(())" };
  return /\d/.test(mark)
    ? { kind: "interval", text: `Interval #${mark}` }
    : { kind: "message", text: `Message: '${mark}'` };
});

function judgeOutput({ fast, real }: ListingsFound): Finding {
  const rounds = [...fast, ...real];
  const [tasks, threads] = (["task", "thread"] as const).map((side) => rounds.map((round) => round[side]));
  // the control: each run with a task against the next one on the same clock
  const next = [fast, real].flatMap((runs) => runs.map((_, i) => runs[(i + 1) % runs.length].task));
  const among = (runs: readonly Printed[], is: (run: Printed, i: number) => boolean) =>
    countOf(runs.filter(is).length, runs.length);
  const sayUnsent = ({ unsent }: Printed) => unsent !== null;
  const [tasksIdeal, threadsIdeal] = [tasks, threads].map((runs) =>
    among(runs, ({ items }) => compareItems(items, ideal).agree)
  );
  const differ = tasks.map((task, i) => Number(!areSame(task, threads[i])));
  const controlsDiffer = tasks.map((task, i) => Number(!areSame(task, next[i])));
  return {
    test: testPairs(differ, controlsDiffer),
    effect: null,
    interval: null,
    evidence: {
      tasks: tasksIdeal,
      threads: threadsIdeal,
      says: `"Could not send interval" comes on stderr in {threadUnsent} runs of a thread and {taskUnsent} of a task; \
the items on stdout are the same in {same} pairs (of two tasks: {control}). {real} pairs ran on the real clock.`,
      quantities: {
        same: among(tasks, ({ items }, i) => compareItems(items, threads[i].items).agree),
        control: among(tasks, ({ items }, i) => compareItems(items, next[i].items).agree),
        threadUnsent: among(threads, sayUnsent),
        taskUnsent: among(tasks, sayUnsent),
        real: countOf(real.length, rounds.length),
      },
      samples: { differ, controlsDiffer },
    },
  };
}

/** Whether stdout and stderr are the same; the number that could not be sent is chance. */
function areSame(left: Printed, right: Printed): boolean {
  return compareItems(left.items, right.items).agree && (left.unsent === null) === (right.unsent === null);
}

/** Decides by the rounds in which only the thread differs from a task (1), or only another task does (-1). */
export function testPairs(differ: readonly number[], controlsDiffer: readonly number[]): Test {
  const rounds = differ.length;
  const needed = minValues(risk);
  const open = (reason: ClaimReason): Test => ({ kind: "open", reason });
  if (rounds < needed) return open({ kind: "too-few-rounds", rounds, needed });
  const marks = differ.map((differs, i) => differs - controlsDiffer[i]);
  const p = signedRankP(marks); // of marks of one size it is the sign test
  if (p <= risk && sum(marks) > 0) return { kind: "counted", holds: false };
  if (sum(controlsDiffer) > noisyShare * rounds) return open({ kind: "control-failed" });
  if (!marks.includes(1)) return { kind: "counted", holds: true };
  return open({ kind: "not-significant", p, claims: 1 });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
