import type { Claim, Finding } from "./claim.ts";
import type { LoopLagFound } from "./loop_lag.ts";
import { pairedFinding } from "./pairs.ts";
import { quantity } from "./quantities.ts";

/** Claim 18. */
export const yielding: Claim<LoopLagFound> = {
  id: "yielding",
  sentence: "yielding avoids blocking",
  source: "article",
  needs: { cores: 1, busyCores: 0 },
  family: "costs",
  experiment: {
    ms: { quick: 300, default: 800, full: 3000 },
    measure: async (lab) => await (await import("./loop_lag.ts")).measureLoopLag(lab),
  },
  judge: judgeLoopLag,
  explained: {
    stands: "The article: you can control when tasks yield, via await, to avoid blocking other tasks.",
    measured: `A timer of 1 ms runs beside a task that computes on the same event loop, in a thread. In one half of each
round the task goes back to the event loop after each chunk of 1 ms; in the other half it computes without a pause, for as
long. Compared is the 99th percentile of how late the timer was, in shuffled rounds. It holds if the 95 % interval of the
ratio lies above 2×.`,
    reading: `Without yielding the lag is about as long as the computation; with it, about as long as a chunk. So
choose the chunk by the lag that you can afford. An await alone does not yield: if its promise
has settled already, other tasks go on, but timers and I/O do not.`,
    elsewhere: [
      {
        says: "Python: a function that computes for 1 second delays all other tasks and I/O by 1 second.",
        source: "Python, Developing with asyncio, https://docs.python.org/3.13/library/asyncio-dev.html",
      },
      {
        says: "tokio: an .await that is always ready never yields; so tasks get 128 operations, then must.",
        source:
          "Tokio blog, Reducing tail latencies with automatic cooperative task yielding, https://github.com/tokio-rs/website/blob/141de713b74b3ed5d9e534734655a12e77c8c685/content/blog/2020-04-preemption.md",
      },
      {
        says: "The same article: tail latencies fell by almost 3 times in some cases.",
        source:
          "Tokio blog, Reducing tail latencies with automatic cooperative task yielding, https://github.com/tokio-rs/website/blob/141de713b74b3ed5d9e534734655a12e77c8c685/content/blog/2020-04-preemption.md",
      },
      {
        says: "Erlang needs no yielding: after 4,000 reductions the runtime switches to another process.",
        source:
          "Erlang/OTP, bump_reductions (documentation patch), https://build.opensuse.org/projects/home:Ledest:erlang:20/packages/erlang/files/1141-erlang-module-doc-bump_reductions-1-update-max-reduc.patch?expand=0",
      },
    ],
    byHand: `const compute = (ms: number) => { const end = performance.now() + ms; while (performance.now() < end); };
const between = {
  "nothing": () => undefined,
  "await of a settled promise": () => Promise.resolve(),
  "a turn of the event loop": () => new Promise((done) => setTimeout(done)),
};
for (const [name, pause] of Object.entries(between)) {
  const start = performance.now();
  const timer = new Promise<number>((done) => setTimeout(() => done(performance.now() - start - 1), 1));
  for (let i = 0; i < 50; i++) { compute(1); await pause(); }
  console.log(name, "between chunks of 1 ms: a timer was", await timer, "ms late");
}`,
  },
};

/** Judges the lag without yielding by the lag with it. */
export function judgeLoopLag({ yieldingMs, blockingMs, computingMs, chunkMs }: LoopLagFound): Finding {
  const finding = pairedFinding({ tasksMs: yieldingMs, threadsMs: blockingMs }, {
    ratio: "threads/tasks",
    at: 2,
    holds: "above",
    says: "A timer beside a task that computes for {computing} is {yielding} late (p99) if the task yields every " +
      "{chunk}, and {blocking} if it does not.",
  });
  const { tasks: yielding, threads: blocking, effect } = finding.evidence.quantities;
  const quantities = {
    yielding,
    blocking,
    effect,
    computing: quantity(computingMs, "ms"),
    chunk: quantity(chunkMs, "ms"),
  };
  return {
    ...finding,
    evidence: { ...finding.evidence, threads: null, quantities, samples: { yieldingMs, blockingMs } },
  };
}
