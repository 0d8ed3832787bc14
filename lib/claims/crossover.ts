import { median } from "../stats/quantiles.ts";
import { endsOf, estimateRatio, pairedLogRatios } from "../stats/ratio_estimate.ts";
import { breakEvenName, breakEvenWaitName } from "./advice.ts";
import type { Claim, Finding, Test } from "./claim.ts";
import type { Level, SweepFound } from "./computing_sweep.ts";
import { countOf, quantity } from "./quantities.ts";

/** Claim 16. */
export const crossover: Claim<SweepFound> = {
  id: "crossover",
  sentence: "tasks wait, threads compute",
  source: "article and book",
  needs: { cores: 2, busyCores: 2 },
  family: null,
  experiment: {
    ms: { quick: 0, default: 3_000, full: 12_000 },
    measure: async (lab) => (await import("./computing_sweep.ts")).measureSweep(lab),
  },
  judge: judgeSweep,
  explained: {
    stands: `The book: if the work is very parallelizable, threads are a better choice; if it is very concurrent,
async is. The article: use async tasks for I/O-bound workloads, and threads for CPU-bound workloads that need true
parallelism.`,
    measured: `Items wait for a timer and compute, from not at all to 3× the break-even that theory predicts (6× in a
full run). The same items run as tasks of one thread, and in one thread for each core, one at a time in each; in
rounds with fresh threads, all in random order. It holds if tasks are faster where items only wait, and threads where
they compute most, by 95 % intervals. The break-even is where both take the same time: interpolated between the
logarithms in each round, the estimate and its interval are those of all rounds.`,
    reading: `Tasks wait all at once, but compute one after the other. Each of N threads does both, one item after the
other. So threads win if (wait + computing) / N is less than the computing: the break-even is about wait / (N - 1),
which with 2 threads is the whole wait. So it depends on the wait and on the cores. Here it is a little lower, because
there are only 8 items for each thread and the tasks' one wait counts. Items that take long to send to a thread move
it up. For your own job tandem compare tells it.`,
    elsewhere: [
      {
        says: "tokio: only parallel computations? Then use rayon; tokio is for tasks that mostly wait for I/O.",
        source:
          "Tokio tutorial, Overview, https://github.com/tokio-rs/website/blob/08c8bcd01d46041959369c6341fa6ec8dc1b4435/content/tokio/tutorial/index.md",
      },
      {
        says: "Node.js: workers for CPU-intensive JavaScript, its event loop for I/O.",
        source:
          "Node.js, Worker threads, https://github.com/nodejs/node/blob/009adc7e217d55eeae6de341736e0a26c473b0dd/doc/api/worker_threads.md",
      },
      {
        says: "Java: virtual threads help with more than a few thousand tasks that are not CPU-bound.",
        source: "JEP 444, https://openjdk.org/jeps/444",
      },
    ],
    byHand: `const code = \`const item = async (ms) => { await new Promise((done) => setTimeout(done, 2));
  for (let n = ms * 1e6, sum = 0; n > 0; n--) sum += n % 7; };
onmessage = async ({ data: [count, tasks, ms] }) => {
  const inTurn = async () => { for (let i = 0; i < count / tasks; i++) await item(ms); };
  await Promise.all(Array.from({ length: tasks }, inTurn)); postMessage(0); };\`;
const workers = [0, 1].map(() => new Worker("data:text/javascript," + encodeURIComponent(code), { type: "module" }));
const one = (worker: Worker, data: number[]) =>
  new Promise((done) => { worker.onmessage = done; worker.postMessage(data); });
const run = async (threads: number, tasks: number, ms: number, start = performance.now()) => {
  await Promise.all(workers.slice(0, threads).map((worker) => one(worker, [16 / threads, tasks, ms])));
  return performance.now() - start; };
await run(2, 1, 1); // started and compiled now
for (const ms of [0, 1, 2, 4, 8]) console.log(ms, "tasks", await run(1, 16, ms), "threads", await run(2, 1, ms));
workers.forEach((worker) => worker.terminate());`,
  },
};

/** Judges a sweep by its two ends; the break-even is told if it holds. */
export function judgeSweep({ items, waitMs, levels, theoryMs }: SweepFound): Finding {
  const [first, last] = [levels[0], levels[levels.length - 1]];
  const [low, high] = [first, last].map((level) => estimateRatio(logRatiosAt(level)));
  const test = testEnds(endsOf(low.interval), endsOf(high.interval));
  const even = estimateRatio(crossings(levels));
  const isEven = test.kind === "counted" && test.holds;
  return {
    test,
    effect: null,
    interval: null,
    evidence: {
      tasks: null,
      threads: null,
      says: isEven
        ? "{items} items that wait {wait}: as tasks they are {low} as fast as in threads; if each also computes {computing}, " +
          "in threads {high} as fast as tasks. Both are equal at {breakEven} of computing, in theory at {theory}."
        : "{items} items that wait {wait}: as tasks they are {low} as fast as in threads; if each also computes {computing}, " +
          "in threads {high} as fast as tasks.",
      quantities: {
        items: countOf(items),
        [breakEvenWaitName]: quantity(waitMs, "ms"),
        computing: quantity(computingAt(last, levels), "ms"),
        low: quantity(low.ratio, "ratio", endsOf(low.interval)),
        high: quantity(1 / high.ratio, "ratio", invert(endsOf(high.interval))),
        ...isEven && { [breakEvenName]: quantity(even.ratio, "ms", endsOf(even.interval)) },
        ...theoryMs !== null && { theory: quantity(theoryMs, "ms") },
      },
      samples: Object.fromEntries(levels.flatMap(({ aloneMs, tasksMs, threadsMs }, level) => [
        [`level${level}AloneMs`, aloneMs],
        [`level${level}TasksMs`, tasksMs],
        [`level${level}ThreadsMs`, threadsMs],
      ])),
    },
  };
}

type Interval = ReturnType<typeof endsOf>;

/** Above 1: tasks are faster. */
function testEnds(low: Interval, high: Interval): Test {
  const [lowFrom, lowTo] = low ?? [0, Infinity];
  const [highFrom, highTo] = high ?? [0, Infinity];
  if (lowFrom > 1 && highTo < 1) return { kind: "counted", holds: true };
  if (lowTo < 1 || highFrom > 1) return { kind: "counted", holds: false };
  return { kind: "open", reason: { kind: "both-sides", at: 1, unit: "ratio" } };
}

function logRatiosAt({ threadsMs, tasksMs }: Level): number[] {
  return pairedLogRatios(threadsMs.map((ms) => [ms]), tasksMs.map((ms) => [ms]));
}

function invert(ends: Interval): Interval {
  return ends === null ? null : [1 / ends[1], 1 / ends[0]];
}

/** How long an item of the level computes, in milliseconds; what it costs anyway is what the first level shows. */
function computingAt({ aloneMs }: Level, [first]: readonly Level[]): number {
  return Math.max(1e-3, median(aloneMs) - median(first.aloneMs));
}

/**
 * The logarithm of each round's break-even, interpolated where its ratio crosses 1. A round in which it does not cross counts as
 * the nearest end of the levels that compute.
 */
export function crossings(levels: readonly Level[]): number[] {
  const computing = levels.slice(1).map((level) => ({
    x: Math.log(computingAt(level, levels)),
    y: logRatiosAt(level),
  }));
  return levels[0].tasksMs.map((_, round) => {
    const after = computing.findIndex(({ y }) => y[round] <= 0);
    if (after <= 0) return computing[after === 0 ? 0 : computing.length - 1].x;
    const [a, b] = [computing[after - 1], computing[after]];
    return a.x + (b.x - a.x) * a.y[round] / (a.y[round] - b.y[round]);
  });
}
