import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { endsOf, estimateRatio, pairedLogRatios, ratioP } from "../../lib/stats/ratio_estimate.ts";

const time = fc.double({ min: 0.01, max: 1e4, noNaN: true });
const block = fc.array(time, { minLength: 1, maxLength: 5 });
const rounds = fc.array(fc.tuple(block, block), { minLength: 6, maxLength: 20 });

Deno.test("pairedLogRatios: the median of a block is its one value, and rounds are paired", () => {
  const logs = pairedLogRatios([[1, 9, 4], [8]], [[2], [1, 4, 7]]);
  assertEquals(logs, [Math.log(2), Math.log(2)]);
});

Deno.test("pairedLogRatios: refuses rounds without a partner and times that are not above 0", () => {
  assertThrows(() => pairedLogRatios([[1], [2]], [[1]]), RangeError, "2 rounds against 1");
  for (const bad of [0, NaN, -1]) {
    assertThrows(() => pairedLogRatios([[1], [2]], [[1], [bad]]), RangeError, "round 2");
  }
  assertThrows(() => pairedLogRatios([[]], [[1]]), RangeError, "round 1");
});

Deno.test("estimateRatio: a constant ratio is itself, and so are the ends of its interval", () => {
  const { ratio, interval, rounds } = estimateRatio(Array.from({ length: 8 }, () => Math.log(1.5)));
  assertAlmostEquals(ratio, 1.5, 1e-12);
  assertEquals(rounds, 8);
  if (interval.kind !== "interval") throw new Error("too few");
  assertAlmostEquals(interval.low, 1.5, 1e-12);
  assertAlmostEquals(interval.high, 1.5, 1e-12);
});

Deno.test("estimateRatio: too few rounds give a ratio and no interval", () => {
  const { ratio, interval } = estimateRatio([0, 0, 0]);
  assertEquals([ratio, interval], [1, { kind: "too few", found: 3, needed: 6 }]);
});

Deno.test("ratioP: small if all rounds lie on one side of the limit, 1 at their centre", () => {
  const logRatios = [1.4, 1.5, 1.55, 1.6, 1.7, 1.8, 1.9, 2].map(Math.log);
  assertEquals([ratioP(logRatios, 1), ratioP(logRatios, 3)], [2 / 256, 2 / 256]);
  assertEquals(ratioP(logRatios, 1.65) > 0.5, true);
});

Deno.test("estimateRatio: swapping the sides inverts ratio and interval", () => {
  fc.assert(fc.property(rounds, (pairs) => {
    const [a, b] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
    const [there, back] = [of(a, b), of(b, a)];
    assertAlmostEquals(back.ratio * there.ratio, 1, 1e-9);
    assertAlmostEquals(back.low * there.high, 1, 1e-9);
    assertAlmostEquals(back.high * there.low, 1, 1e-9);
  }));
});

Deno.test("estimateRatio: the unit of time and the order of the rounds do not matter; a faster side does", () => {
  fc.assert(fc.property(rounds, fc.constantFrom(0.001, 60), fc.constantFrom(0.5, 3), (pairs, unit, faster) => {
    const a = pairs.map(([first]) => first.map((t) => t * unit));
    const b = pairs.map(([, second]) => second.map((t) => t * unit / faster));
    const plain = of(pairs.map(([first]) => first), pairs.map(([, second]) => second));
    const other = of(a.toReversed(), b.toReversed());
    assertAlmostEquals(other.ratio / plain.ratio, faster, 1e-9);
    assertAlmostEquals(other.low / plain.low, faster, 1e-9);
    assertAlmostEquals(other.high / plain.high, faster, 1e-9);
  }));
});

function of(baseline: readonly number[][], other: readonly number[][]) {
  const { ratio, interval } = estimateRatio(pairedLogRatios(baseline, other));
  if (interval.kind !== "interval") throw new Error("too few");
  return { ratio, ...interval };
}

Deno.test("endsOf: where there are too few rounds, an interval has no ends", () => {
  assertEquals(endsOf({ kind: "interval", low: 1, high: 2, level: 0.95 }), [1, 2]);
  assertEquals(endsOf({ kind: "too few", found: 2, needed: 6 }), null);
});
