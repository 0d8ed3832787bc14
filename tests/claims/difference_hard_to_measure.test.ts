import { assert, assertEquals } from "@std/assert";
import { differenceHardToMeasure, testRatio } from "../../lib/claims/difference_hard_to_measure.ts";
import type { ListingsFound } from "../../lib/claims/listing/found.ts";
import { type Producers, runListing } from "../../lib/claims/listing/listing_run.ts";
import { measureListings, type RunReal } from "../../lib/claims/listing/listings.ts";
import { judge } from "../../lib/claims/judge.ts";
import { taskIntervals } from "../../lib/streams/listing_17_41.ts";
import { virtualClock } from "../virtual_clock.ts";
import { place, quickLab } from "./lab.ts";

/** The verdict, as the table shows it. */
function verdictOf(found: ListingsFound) {
  const finding = differenceHardToMeasure.judge(found, place);
  const [verdict] = judge([{ claim: differenceHardToMeasure, finding, loads: [] }], [], place);
  return { ...finding, verdict: `${verdict?.verdict} ${verdict?.reason.kind}` };
}

Deno.test("difference-hard-to-measure: it holds within 2 % on either side, and fails outside", () => {
  const cases: readonly (readonly [readonly [number, number], readonly [number, number]])[] = [
    [[1.9, 2], [1.9, 2]],
    [[1.005, 1.01], [1.005, 1.01]],
    [[0.8, 0.5 * 2], [1, 1.25]],
    [[0.5, 0.8], [1.25, 2]],
    [[0.99, 1.03], [1, 1.03]],
  ];
  for (const [interval, expected] of cases) {
    assertEquals(testRatio(interval, 6), {
      kind: "interval",
      interval: expected,
      at: 1.02,
      unit: "ratio",
      holds: "below",
    });
  }
  assertEquals(testRatio(null, 5), { kind: "open", reason: { kind: "too-few-rounds", rounds: 5, needed: 6 } });
});

/** Runs on virtual time: a task ticks every 20 ms, and a "thread" as it is told. */
async function measured(threadEveryMs: number, rest: Parameters<typeof quickLab>[0] = {}, runReal?: RunReal) {
  const clock = virtualClock();
  const producers: Producers = {
    task: (clock) => taskIntervals(20, clock),
    thread: (clock) => taskIntervals(threadEveryMs, clock),
  };
  const lab = quickLab({ clock, effort: "default", budgetMs: 3_500, ...rest });
  const inTurn: RunReal = async (sides) => {
    const printed = [];
    for (const side of sides) printed.push(await runListing(await producers[side](clock), clock));
    return printed;
  };
  return await measureListings(lab, producers, runReal ?? inTurn);
}

Deno.test("difference-hard-to-measure: a thread that is as fast as a task turns the verdict", async () => {
  const fast = verdictOf(await measured(10));
  assertEquals([fast.verdict, Math.round(fast.effect!)], ["fails beyond-limit", 2]);
  const same = verdictOf(await measured(20));
  assertEquals([same.verdict, same.effect, same.interval], ["holds beyond-limit", 1, [1, 1]]);
  assertEquals(same.evidence.tasks, same.evidence.threads);
  assertEquals(same.evidence.samples.taskBacklog, Array(6).fill(95));
});

Deno.test("difference-hard-to-measure: without the real clock it is skipped, and says why", async () => {
  const fails: RunReal = () => Promise.reject(new Error("no more processes"));
  const found = [
    await measured(20, { effort: "quick", budgetMs: 800 }),
    await measured(20, { budgetMs: 3_400 }),
    await measured(20, { maxMemoryBytes: 2 ** 20 }),
    await measured(20, {}, fails),
  ];
  assertEquals(found.map((one) => verdictOf(one).verdict), [
    "skipped left-out",
    "skipped time-up",
    "skipped too-little-memory",
    "skipped not-run",
  ]);
  assert(found.every(({ fast, real }) => fast.length >= 6 && real.length === 0));
});
