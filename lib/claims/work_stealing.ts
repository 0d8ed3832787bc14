import { median } from "../stats/quantiles.ts";
import { endsOf, estimateRatio, pairedLogRatios } from "../stats/ratio_estimate.ts";
import type { Claim, Finding } from "./claim.ts";
import { countOf, quantity } from "./quantities.ts";
import type { StealingFound } from "./stealing.ts";

/** Less than 2 % is not worth reporting. */
const limit = 1.02;

/** Claim 15. */
export const workStealing: Claim<StealingFound> = {
  id: "work-stealing",
  sentence: "work stealing helps",
  source: "book",
  needs: { cores: 2, busyCores: 2 },
  family: "modes",
  experiment: {
    ms: { quick: 0, default: 2_000, full: 6_000 },
    measure: async (lab) => (await import("./stealing.ts")).measureStealing(lab),
  },
  judge: judgeStealing,
  explained: {
    stands:
      `The book: many runtimes use "work stealing" to move tasks around between threads, based on how the threads are
currently being utilized, to improve the system's overall performance.`,
    measured: `64 items compute; the longest of them takes a third of the time of all. Two threads run them in two ways:
each thread has half of the items beforehand; or an idle thread takes items from the other one, as tandem's own pool does.
Each round has a new random order of the items, the same for both ways, and fresh threads. It holds if the time of the
first way is more than 1.02× the time of the second one.`,
    reading: `By chance one half has more to do than the other: its thread works on while the other one is idle. Theory
says about 1.2× for such items in two threads, from 1.05× to 1.4× in single rounds; items that all take the same time would
gain nothing. Only items that have not started can move: no run is shorter than its longest item, and a long item that
starts late is still waited for.`,
    elsewhere: [
      {
        says: "tokio: without it, some processors idle while others are loaded, unless the work is entirely uniform.",
        source: "Tokio blog, Making the Tokio scheduler 10x faster, https://tokio.rs/blog/2019-10-scheduler",
      },
      {
        says: "The same article: done badly, stealing can cost more than it gains.",
        source: "Tokio blog, Making the Tokio scheduler 10x faster, https://tokio.rs/blog/2019-10-scheduler",
      },
      {
        says: "rayon steals without futures: idle CPUs take the closure that `join` advertises.",
        source: "rayon, join, https://docs.rs/rayon/latest/rayon/fn.join.html",
      },
      {
        says: "Pingora offers a runtime without stealing: its benchmark saw overhead in the stealing one.",
        source: "pingora-runtime, https://docs.rs./crate/pingora-runtime/0.4.0",
      },
    ],
    byHand: `const code = \`onmessage = ({ data: [next, end, costs] }) => { // takes items until none is left
  for (let i; (i = Atomics.add(next, 0, 1)) < end;) for (let n = costs[i] * 1e6, sum = 0; n > 0; n--) sum += n % 7;
  postMessage(0); };\`;
const url = "data:text/javascript," + encodeURIComponent(code);
const workers = [0, 1].map(() => new Worker(url, { type: "module" }));
const costs = Array.from({ length: 40 }, (_, i) => i % 8 === 0 && i < 20 ? 60 : 3); // the long ones are in one half
const counter = (from: number) => new Int32Array(new SharedArrayBuffer(4)).fill(from);
const run = (shares: unknown[][]) => Promise.all(workers.map((worker, i) =>
  new Promise((done) => { worker.onmessage = done; worker.postMessage(shares[i]); })));
const time = async (shares: unknown[][], start = performance.now()) => (await run(shares), performance.now() - start);
await run([[counter(0), 5, costs], [counter(0), 5, costs]]); // started and compiled now
console.log("half of the items each", await time([[counter(0), 20, costs], [counter(20), 40, costs]]), "ms");
console.log("whoever is idle takes one", await time(Array(2).fill([counter(0), 40, costs])), "ms");
workers.forEach((worker) => worker.terminate());`,
  },
};

/** Judges what stealing brings. */
export function judgeStealing({ items, splitMs, stealingMs, most, longestMs }: StealingFound): Finding {
  const logRatios = pairedLogRatios(splitMs.map((ms) => [ms]), stealingMs.map((ms) => [ms]));
  const { ratio, interval } = estimateRatio(logRatios);
  const ends = endsOf(interval);
  const stealing = quantity(median(stealingMs), "ms");
  return {
    test: { kind: "paired", logRatios, at: limit, holds: "above" },
    effect: ratio,
    interval: ends,
    evidence: {
      tasks: null,
      threads: stealing,
      says: "{items} items take {split} in two threads with half of them each, and {stealing} with stealing: " +
        "one thread then ran {most}. No run can be shorter than its longest item, which took {longest}.",
      quantities: {
        items: countOf(items),
        split: quantity(median(splitMs), "ms"),
        stealing,
        most: countOf(Math.round(median(most)), items),
        longest: quantity(median(longestMs), "ms"),
        effect: quantity(ratio, "ratio", ends),
      },
      samples: { splitMs, stealingMs, longestMs, mostCount: most },
    },
  };
}
