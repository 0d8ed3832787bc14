import { median } from "../stats/quantiles.ts";
import type { Claim, Finding } from "./claim.ts";
import type { WaitsFound } from "./http_waits.ts";
import { pairedFinding } from "./pairs.ts";
import { countOf, quantity } from "./quantities.ts";

/** Claim 10, with requests. */
export const httpNeedsTasks: Claim<WaitsFound> = {
  id: "http-needs-tasks",
  sentence: "threads are bad at requests",
  source: "article",
  needs: { cores: 1, busyCores: 0, memoryBytes: 200 * 2 ** 20 },
  family: "modes",
  experiment: {
    ms: { quick: 0, default: 3_000, full: 20_000 },
    measure: async (lab) => (await import("./http_waits.ts")).measureWaits(lab),
  },
  judge: judgeWaits,
  explained: {
    stands: `The article, "Poor Scalability for I/O-bound Work": for programs that spend most time waiting, such as for
network responses, threads can be inefficient, because each thread blocks until the I/O completes.`,
    measured: `1,000 HTTP requests go to a server on 127.0.0.1 that answers each of them after 20 ms: all at once as
tasks of one thread, and from 16 threads, one at a time in each, in shuffled rounds. The server is a process of its own.
1,000 timers of 20 ms are measured in the same way. The threads run a part of the 1,000, and the time of 1,000 is computed
from that; in a full run they run all. Deno cannot block a thread in fetch: such a thread awaits one answer at a time, and
does nothing else. It holds if the time of threads is more than 2× the time of tasks.`,
    reading: `Threads need at least 1,000 / 16 × 20 ms = 1.25 s, whatever they do. Tasks could need 20 ms, as the timers
nearly show; the rest of their time is the computing of client and server, less than 0.1 ms a request. So the effect grows with
the time of an answer, and shrinks with more threads: 1,000 threads would need some 7 GiB.`,
    elsewhere: [
      {
        says:
          "Java: 10,000 tasks that sleep one second: 200 a second with 200 pooled threads, about 10,000 with virtual threads.",
        source: "JEP 444, https://openjdk.org/jeps/444",
      },
      {
        says:
          `Node.js: workers "do not help much with I/O-intensive work"; its own asynchronous I/O is more efficient.`,
        source:
          "Node.js, Worker threads, https://github.com/nodejs/node/blob/009adc7e217d55eeae6de341736e0a26c473b0dd/doc/api/worker_threads.md",
      },
      {
        says: "Against it: where I/O wakes them, a switch between tasks cost as much as between threads, 1.7 µs.",
        source: "Jim Blandy, context-switch, https://github.com/jimblandy/context-switch",
      },
    ],
    byHand: `const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const server = Deno.serve({ port: 0, hostname: "127.0.0.1" }, async () => (await wait(20), new Response("answer")));
const url = "http://127.0.0.1:" + server.addr.port;
const get = async (count: number) => { for (; count > 0; count--) await (await fetch(url)).text(); };
const many = (tasks: number, each: number) => Promise.all(Array.from({ length: tasks }, () => get(each)));
await many(1000, 1); // all are connected now
let start = performance.now();
await many(1000, 1);
console.log("1,000 at once", performance.now() - start, "ms");
start = performance.now();
await many(16, 20); // what 16 threads do that wait for one answer at a time
console.log("1,000 of which 16 at once", (performance.now() - start) * 1000 / 320, "ms");
await server.shutdown();`,
  },
};

/** Judges requests. */
export function judgeWaits({ requests, timers, measured, waitMs, waits, threads }: WaitsFound): Finding {
  const found = pairedFinding(requests, {
    ratio: "threads/tasks",
    at: 2,
    holds: "above",
    says: "{waits} requests that are answered after {wait} take {tasks} as tasks of one thread and {threads} in " +
      "{threadCount} threads, one at a time in each (measured for {measured}); as many timers {timerTasks} and {timerThreads}.",
  });
  const quantities = {
    ...found.evidence.quantities,
    waits: countOf(waits),
    wait: quantity(waitMs, "ms"),
    threadCount: countOf(threads),
    measured: countOf(measured),
    timerTasks: quantity(median(timers.tasksMs), "ms"),
    timerThreads: quantity(median(timers.threadsMs), "ms"),
  };
  const samples = {
    ...found.evidence.samples,
    timerTasksMs: timers.tasksMs,
    timerThreadsMs: timers.threadsMs,
  };
  return { ...found, evidence: { ...found.evidence, quantities, samples } };
}
