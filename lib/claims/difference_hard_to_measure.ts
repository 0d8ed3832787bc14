import type { Ends } from "../model/interval.ts";
import { median } from "../stats/quantiles.ts";
import { endsOf, estimateRatio } from "../stats/ratio_estimate.ts";
import { minValues } from "../stats/signed_rank.ts";
import { margin } from "../stats/verdict.ts";
import type { Claim, Finding, Test } from "./claim.ts";
import { listings } from "./listing/experiment.ts";
import type { ListingsFound } from "./listing/found.ts";
import { countOf, quantity } from "./quantities.ts";

/** Claim 2. */
export const differenceHardToMeasure: Claim<ListingsFound> = {
  id: "difference-hard-to-measure",
  sentence: "it is hard to measure",
  source: "book",
  needs: { cores: 1, busyCores: 0 },
  family: null,
  experiment: listings,
  judge: judgeBacklogs,
  explained: {
    stands:
      `The book says of Listings 17-40 and 17-41: "Despite their similarities, these two approaches behave very differently,
although we might have a hard time measuring it in this very simple example".`,
    measured: `The listing runs in pairs on the real clock, with a task and with a thread that produce an interval every
millisecond, each run in a process of its own. What is compared is the backlog: how many intervals have been sent and not
received when item 20 is printed. It holds if the 95 % interval of thread / task lies within 2 % of 1, and fails if it lies outside.`,
    reading:
      `A ratio of 1.90× means that the thread has produced nearly twice as much by then: a timer of 1 ms takes about 2.2 ms
in Deno, and a blocking sleep of 1 ms about 1.06 ms. The output shows nothing of the backlog, but a counter finds it at once. The
book says of throttled intervals "we never produce those interval messages in the first place"; they are produced, and wait.`,
    elsewhere: [{
      says: "A print in the producer's loop shows the intervals that the throttle hides.",
      source: "rust-lang/book issue 4488, https://github.com/rust-lang/book/issues/4488",
    }],
    byHand: `const gate = new Int32Array(new SharedArrayBuffer(4));
let [task, thread] = [0, 0];
let end = performance.now() + 500;
while (performance.now() < end) {
  await new Promise((done) => setTimeout(done, 1)); // how a task sleeps
  task++;
}
end = performance.now() + 500;
while (performance.now() < end) {
  Atomics.wait(gate, 0, 0, 1); // how a thread sleeps
  thread++;
}
console.log({ task, thread, ratio: thread / task });`,
  },
};

function judgeBacklogs({ real, noReal }: ListingsFound): Finding {
  const tasks = real.map(({ task }) => task.backlog);
  const threads = real.map(({ thread }) => thread.backlog);
  const logRatios = tasks.map((task, i) => Math.log(threads[i] / task)).filter(Number.isFinite);
  const { ratio, interval } = logRatios.length > 0 ? estimateRatio(logRatios) : { ratio: null, interval: null };
  const ends = interval && endsOf(interval);
  const count = (backlogs: readonly number[]) => backlogs.length > 0 ? countOf(Math.round(median(backlogs))) : null;
  const [task, thread] = [count(tasks), count(threads)];
  return {
    test: noReal === null ? testRatio(ends, logRatios.length) : { kind: "open", reason: noReal },
    effect: ratio,
    interval: ends,
    evidence: {
      tasks: task,
      threads: thread,
      says: ratio === null
        ? "Nothing ran on the real clock."
        : "When item 20 is printed, {task} intervals of a task wait in the channel, and {thread} of a thread: {ratio}.",
      quantities: ratio === null || task === null || thread === null
        ? {}
        : { task, thread, ratio: quantity(ratio, "ratio", ends) },
      samples: { taskBacklog: tasks, threadBacklog: threads },
    },
  };
}

/** Holds if the ratio is within the margin of 1 on either side, as its interval shows. */
export function testRatio(ends: Ends | null, rounds: number): Test {
  if (ends === null) return { kind: "open", reason: { kind: "too-few-rounds", rounds, needed: minValues(0.05) } };
  return { kind: "interval", interval: fromOne(ends), at: margin, unit: "ratio", holds: "below" };
}

/** How far from 1 the ratio is, whichever side is larger. */
function fromOne([low, high]: Ends): Ends {
  if (low >= 1) return [low, high];
  return high <= 1 ? [1 / high, 1 / low] : [1, Math.max(high, 1 / low)];
}
