import { median } from "../stats/quantiles.ts";
import type { Claim, Finding } from "./claim.ts";
import type { HopsFound } from "./hops.ts";
import { pairedFinding } from "./pairs.ts";
import { countOf, quantity } from "./quantities.ts";

/** More context switches per hop than this: tasks have such an overhead. The rest of the program causes a few. */
const maxSwitches = 0.01;

/** Claim 7. */
export const noContextSwitch: Claim<HopsFound> = {
  id: "no-context-switch",
  sentence: "tasks need no kernel switch",
  source: "article",
  needs: { cores: 1, busyCores: 0 },
  family: "costs",
  experiment: {
    ms: { quick: 300, default: 700, full: 2_000 },
    measure: async (lab) => (await import("./hops.ts")).measureHops(lab),
  },
  judge: judgeHops,
  explained: {
    stands: `The article, "No Context Switching Overhead": tasks are scheduled cooperatively, so there is no frequent
context switch by the operating system, which is expensive.`,
    measured: `Two tasks pass a turn to and fro with promises; two threads do so through shared memory (Atomics.wait and
Atomics.notify), and by messages. Each is timed for many hops, in shuffled rounds, and the kernel's context switches are
counted meanwhile where Deno can tell. It holds if a hop between threads takes more than 10× as long as one between tasks,
and tasks cause less than 1 context switch in 100 hops.`,
    reading: `A hop between tasks is some promise work: about 0.1 µs. A hop between threads is a wake-up by the kernel:
2 to 10 µs through shared memory, more by messages, which also wake an event loop. It may cause less than 1 context switch,
because a thread that finds its turn already there does not sleep.`,
    elsewhere: [
      {
        says: "Rust, measured: 0.2 µs between tokio tasks, 1.7 µs between kernel threads.",
        source: "Jim Blandy, context-switch, https://github.com/jimblandy/context-switch",
      },
      {
        says: "The same author: both cost 1.7 µs when I/O wakes them, and pinned to one core the advantage is gone.",
        source: "Jim Blandy, context-switch, https://github.com/jimblandy/context-switch",
      },
    ],
    byHand: `const code = \`onmessage = ({ data: [turn, own] }) => { for (let i = 0; i < 5000; i++) {
  while (Atomics.load(turn, 0) !== own) Atomics.wait(turn, 0, 1 - own);
  Atomics.store(turn, 0, 1 - own); Atomics.notify(turn, 0); } postMessage(0); };\`;
const workers = [0, 1].map(() => new Worker("data:text/javascript," + encodeURIComponent(code), { type: "module" }));
const threads = (turn = new Int32Array(new SharedArrayBuffer(4))) => Promise.all(workers.map((worker, own) =>
  new Promise((done) => { worker.onmessage = done; worker.postMessage([turn, own]); }))); // 10,000 hops
let wake = () => {}, left = 1e6, start = 0;
const pass = async () => { while (left-- > 0) await new Promise<void>((done) => { wake(); wake = done; }); wake(); };
await threads().then(() => start = performance.now()); // they are started now
await threads();
console.log("a hop of threads", (performance.now() - start) / 10, "µs");
await Promise.all([start = performance.now(), pass(), pass()]);
console.log("a hop of tasks", (performance.now() - start) / 1000, "µs");
workers.forEach((worker) => worker.terminate());`,
  },
};

/** Judges hops. */
export function judgeHops({ pairs, messageMs, switches }: HopsFound): Finding {
  const found = pairedFinding(pairs, {
    ratio: "threads/tasks",
    at: 10,
    holds: "above",
    says: switches === null
      ? "A hop takes {tasks} between two tasks, {threads} between two threads by shared memory, {messages} by message."
      : "A hop takes {tasks} between two tasks, {threads} between two threads by shared memory, {messages} by message. " +
        "In 1,000 hops the kernel switches {taskSwitches} times for tasks, {threadSwitches} times for threads.",
  });
  const perThousand = (count: number) => countOf(Math.round(1_000 * count));
  const quantities = {
    ...found.evidence.quantities,
    messages: quantity(median(messageMs), "ms"),
    ...switches && { taskSwitches: perThousand(switches.tasks), threadSwitches: perThousand(switches.threads) },
  };
  const evidence = { ...found.evidence, quantities, samples: { ...found.evidence.samples, messageMs } };
  const switching = switches !== null && switches.tasks > maxSwitches;
  return { ...found, evidence, ...switching && { test: { kind: "counted", holds: false } as const } };
}
