import type { Claim, Finding } from "./claim.ts";
import type { InTime, TimeoutsFound } from "./timeouts.ts";
import { countOf } from "./quantities.ts";

/** Claim 14. */
export const timeoutsCompose: Claim<TimeoutsFound> = {
  id: "timeouts-compose",
  sentence: "threads make timeouts hard",
  source: "book",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: {
    ms: { quick: 300, default: 1_000, full: 4_000 },
    measure: async (lab) => await (await import("./timeouts.ts")).measureTimeouts(lab),
  },
  judge: judgeTimeouts,
  explained: {
    stands:
      `The book says: "These limitations also make threads harder to compose than futures. It's much more difficult, for example,
to use threads to build helpers such as the timeout and throttle methods we built earlier in this chapter".`,
    measured:
      `Results are due after 24 ms and 4 ms in turn, under a time limit of 8 ms. Counted is what reaches whoever waits: in
time, late, or never. Three simple timeouts are compared: one around a stream, as in the listings; one around a request to a
task, and one around a request to a thread that blocks, which give up at the limit and ask for the next result. The claim holds if
the stream loses nothing, and the thread answers at most half of the short requests in time, while a task answers nearly all.`,
    reading:
      `How hard something is to build is only partly measurable: this shows what the simplest construction does, of a timeout
and not of a throttle. A timeout
around a stream reports a gap, and the late item still comes. A request that is given up loses its result, with a task too. With a
thread it also spoils the next one: the thread is still blocked, so a result that takes 4 ms comes too late. A better one can be
built: one that keeps the request, or a channel between (Rust's recv_timeout); it then is a stream, or a future, in all but name.`,
    elsewhere: [
      {
        says: "tokio: timeout and throttle each wrap a stream and give a new stream, so they chain.",
        source: "tokio, StreamExt, https://docs.rs/tokio/0.2.0-alpha.5/tokio/stream/trait.StreamExt.html",
      },
      {
        says: "Python: wait_for cancels the task when its time is up, and waits until it is cancelled.",
        source: `Python, Coroutines and Tasks, \
https://github.com/python/cpython/blob/00d6068054367bad394c7533ca7a371fa0656a68/Doc/library/asyncio-task.rst`,
      },
    ],
    byHand: `const block = "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, data)";
const code = "onmessage = ({ data }) => { " + block + "; postMessage(data); }";
const worker = new Worker("data:text/javascript," + encodeURIComponent(code), { type: "module" });
const task = (ms: number) => new Promise((done) => setTimeout(() => done(ms), ms));
const thread = (ms: number) => new Promise((done) => {
  worker.addEventListener("message", ({ data }) => data === ms && done(ms));
  worker.postMessage(ms);
});
await thread(1); // it runs now
for (const [name, ask] of Object.entries({ task, thread })) for (const ms of [90, 10]) {
  const answer = await Promise.race([ask(ms), task(30).then(() => "given up after 30 ms")]);
  console.log(name, "asked for", ms, "ms:", answer);
}
worker.terminate();`,
  },
};

/** Of the short requests to a task, so many have to come in time: with fewer, the machine is too busy for limits of 8 ms. */
const soundShare = 0.8;

export function judgeTimeouts({ gaps, stream, askedTask, askedThread }: TimeoutsFound): Finding {
  const short = gaps / 2;
  const [streamInTime, task, thread] = [stream, askedTask, askedThread].map(inTime);
  const lost = gaps - stream.length;
  const sound = Math.min(streamInTime, task) >= soundShare * short;
  const holds = lost === 0 && thread <= short / 2;
  const quantities = {
    streamInTime: countOf(streamInTime, gaps),
    streamLate: countOf(stream.length - streamInTime, gaps),
    streamLost: countOf(lost, gaps),
    task: countOf(task, short),
    thread: countOf(thread, short),
  };
  return {
    test: sound || lost > 0 ? { kind: "counted", holds } : { kind: "open", reason: { kind: "control-failed" } },
    effect: null,
    interval: null,
    evidence: {
      tasks: countOf(stream.length, gaps),
      threads: countOf(thread, gaps),
      says:
        `Under a timeout, a stream gives {streamInTime} results in time and {streamLate} late, and loses {streamLost}. \
Requests that are given up at the limit: of the short ones a task answers {task} in time, and a blocked thread {thread}.`,
      quantities,
      samples: { stream, askedTask, askedThread },
    },
  };
}

function inTime(results: InTime): number {
  return results.filter((one) => one === 1).length;
}
