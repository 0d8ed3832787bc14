import { median } from "../stats/quantiles.ts";
import type { CancellingFound } from "./cancelling.ts";
import type { Claim, Finding } from "./claim.ts";
import { countOf, quantity } from "./quantities.ts";

/** It holds if at least this share of the threads went on. */
const nearlyAll = 0.9;

/** Claim 11. */
export const threadsCannotBeCancelled: Claim<CancellingFound> = {
  id: "threads-cannot-be-cancelled",
  sentence: "threads cannot be cancelled",
  source: "book",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: {
    ms: { quick: 400, default: 1500, full: 5000 },
    measure: async (lab) => await (await import("./cancelling.ts")).measureCancelling(lab),
  },
  judge: judgeCancelling,
  explained: {
    stands: "The book: threads have no mechanisms for cancellation; they run to completion without being interrupted.",
    measured: `1,000 tasks that wait are aborted, and counted when they have ended. In a child process, threads that
compute are stopped by terminate(), one after the other; the processor time of the process is read for a while before it and
after it. Then a flag in shared memory is set, at which the thread looks: a thread that now leaves its loop was still
running. In the end the process is killed, with one more thread that computes. It holds if all tasks ended and at least 90 %
of the threads ran on.`,
    reading: `terminate() returns at once, and ends a thread that waits for messages. One that computes, or that is
blocked in Atomics.wait, goes on and keeps its core. What works: a flag in shared memory, where the code can look at it,
and a process that can be killed. An abort ends a task only where it waits: a task that computes does not notice it.`,
    elsewhere: [
      {
        says: "Deno: after terminate() of a busy worker the process lives on with one core busy (reported for 2.9.4).",
        source: "denoland/deno pull request 35657, https://github.com/denoland/deno/pull/35657",
      },
      {
        says: "Java: Thread.stop is deprecated because it is inherently unsafe: it leaves damaged objects.",
        source:
          "Oracle, Deprecated Threads Methods, https://docs.oracle.com/cd/E19455-01/806-3461/6jck06gr5/index.html",
      },
      {
        says: "tokio: a blocking closure that has started cannot be aborted: abort has no effect.",
        source: "tokio, AbortHandle, https://docs.rs/tokio/1.52.3/tokio/task/struct.AbortHandle.html",
      },
      {
        says: "POSIX threads can be cancelled, but by default only when they next call a cancellation point.",
        source: "pthread_cancel(3), https://man.archlinux.org/man/pthread_cancel.3.en",
      },
    ],
    byHand: `const url = URL.createObjectURL(new Blob(["postMessage(0); while (true);"], { type: "text/javascript" }));
const worker = new Worker(url, { type: "module" });
await new Promise((started) => worker.onmessage = started);
worker.terminate();
let used = process.cpuUsage();
await new Promise((done) => setTimeout(done, 200));
used = process.cpuUsage(used);
console.log("processor time in 200 ms after terminate()", (used.user + used.system) / 1000, "ms");
const stop = new AbortController();
const task = new Promise((_, fail) => stop.signal.addEventListener("abort", fail));
const start = performance.now();
stop.abort();
await task.catch(() => console.log("an aborted task ended after", performance.now() - start, "ms"));
Deno.exit(); // the worker would keep the program alive`,
  },
};

/** Judges what was stopped, and what went on. */
export function judgeCancelling({ tasks, threads, blocked, killMs }: CancellingFound): Finding {
  const flags = threads.flatMap(({ flagMs }) => flagMs ?? []);
  const middle = (values: readonly number[]) => quantity(median(values), "ms");
  const ended = countOf(tasks.ended, tasks.all);
  const stopped = countOf(threads.length - flags.length, threads.length);
  const returned = threads.map(({ returnedMs }) => returnedMs);
  return {
    test: { kind: "counted", holds: tasks.ended === tasks.all && flags.length >= nearlyAll * threads.length },
    effect: null,
    interval: null,
    evidence: {
      tasks: ended,
      threads: stopped,
      says:
        "An abort ended {ended} tasks within {endedMs}, but terminate() stopped {stopped} busy threads: they used {used} " +
        "of processor time in the next {window}, and {woken} blocked ones went on when woken" +
        (flags.length === 0 ? "" : "; a flag in shared memory ended them after {flag}") +
        "; killing a process with a busy thread took {kill}.",
      quantities: {
        ended,
        endedMs: quantity(tasks.ms, "ms"),
        returned: middle(returned),
        stopped,
        used: middle(threads.map(({ afterMs }) => afterMs)),
        window: middle(threads.map(({ windowMs }) => windowMs)),
        woken: countOf(blocked.wentOn, blocked.all),
        ...(flags.length === 0 ? {} : { flag: middle(flags) }),
        kill: quantity(killMs, "ms"),
      },
      samples: {
        beforeCores: threads.map(({ beforeCores }) => beforeCores),
        afterCores: threads.map(({ afterCores }) => afterCores),
        returnedMs: returned,
        flagMs: flags,
      },
    },
  };
}
