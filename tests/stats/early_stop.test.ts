import { assertEquals } from "@std/assert";
import { estimateEarly, mayStop } from "../../lib/stats/early_stop.ts";
import { estimateRatio } from "../../lib/stats/ratio_estimate.ts";
import { difference } from "../../lib/stats/verdict.ts";

const clear = (logRatios: number[]) => ({
  logRatios,
  decided: (i: Parameters<typeof difference>[0]) => !!difference(i),
});
const rounds = (count: number, ratio: number) =>
  Array.from({ length: count }, (_, i) => Math.log(ratio) + 0.001 * Math.sin(i));

Deno.test("mayStop: not before round 10, however clear the difference is", () => {
  assertEquals([6, 9, 10, 11].map((count) => mayStop([clear(rounds(count, 3))])), [false, false, true, true]);
});

Deno.test("mayStop: all comparisons must be decided: faster, slower or the same", () => {
  const [faster, slower, same] = [2, 0.5, 1].map((ratio) => clear(rounds(12, ratio)));
  const open = clear(rounds(12, 1.02));
  assertEquals(mayStop([faster, slower, same]), true);
  assertEquals(mayStop([faster, open, same]), false);
});

Deno.test("mayStop: not if one or three of 14 rounds are far on the wrong side of the limit", () => {
  const back = (wrong: number) => rounds(14, 2).map((value, i) => i < wrong ? value - 2 : value);
  assertEquals([0, 1, 3].map((wrong) => mayStop([clear(back(wrong))])), [true, false, false]);
});

Deno.test("mayStop: a claim brings its own limit", () => {
  const above = (limit: number) => ({
    logRatios: rounds(12, 1.5),
    decided: (i: Parameters<typeof difference>[0]) => i.kind === "interval" && (i.low > limit || i.high < limit),
  });
  assertEquals([1.3, 1.5, 1.7].map((limit) => mayStop([above(limit)])), [true, false, true]);
});

Deno.test("estimateEarly: a difference has the interval that decided it, the same has the usual one", () => {
  const [faster, same] = [rounds(12, 2), rounds(12, 1)];
  const [usual, early] = [estimateRatio(faster), estimateEarly(faster)];
  if (usual.interval.kind !== "interval" || early.interval.kind !== "interval") throw new Error("too few");
  assertEquals(early.ratio, usual.ratio);
  assertEquals(early.interval.level > 0.997 && early.interval.low < usual.interval.low, true);
  assertEquals(estimateEarly(same), estimateRatio(same));
});
