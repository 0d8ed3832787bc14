import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { binomialDistribution } from "simple-statistics";
import { bootstrapMedian } from "../../lib/stats/bootstrap_median.ts";
import { seededRandom } from "../../lib/stats/random.ts";

Deno.test("bootstrapMedian: the exact distribution of a resampled median of 11 gives the same ends", () => {
  // With 11 values 0.97 % are cut off at each end: the normal probability of t = 2.2281 (10 degrees) times sqrt(11 / 10).
  // P(median* <= k-th value) is the probability that 6 or more of 11 draws are among the k smallest (Efron 1982, 10.2).
  const exact = (share: number) =>
    1 + [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter((k) => {
      const draws = binomialDistribution(11, k / 11) ?? [];
      return draws.slice(6).reduce((sum, chance) => sum + chance, 0) < share;
    }).length;
  const { median, interval } = bootstrapMedian([11, 1, 10, 2, 9, 3, 8, 4, 7, 5, 6], seededRandom(1));
  assertEquals({ median, interval }, {
    median: 6,
    interval: { kind: "interval", low: exact(0.0097), high: exact(1 - 0.0097), level: 0.95 },
  });
});

Deno.test("bootstrapMedian: the same for the same seed, whatever the order; scales with the values", () => {
  const values = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 6, maxLength: 15 });
  fc.assert(
    fc.property(values, fc.nat(), (some, seed) => {
      const before = bootstrapMedian(some, seededRandom(seed));
      assertEquals(bootstrapMedian(some.toReversed(), seededRandom(seed)), before);
      const doubled = bootstrapMedian(some.map((value) => 2 * value), seededRandom(seed));
      assert(doubled.interval.kind === "interval" && before.interval.kind === "interval");
      assertEquals([doubled.interval.low, doubled.interval.high], [2 * before.interval.low, 2 * before.interval.high]);
      assert(before.interval.low <= before.median && before.median <= before.interval.high);
    }),
    { numRuns: 20 },
  );
});

Deno.test("bootstrapMedian: fewer than six values have a median and no interval", () => {
  assertEquals(bootstrapMedian([3, 1, 2], seededRandom(1)), {
    median: 2,
    interval: { kind: "too few", found: 3, needed: 6 },
  });
});

Deno.test("bootstrapMedian: skewed samples: the interval covers the true median about as often as it says", () => {
  const random = seededRandom(5);
  for (const n of [7, 13]) { // with these n the plain percentiles cover in 87 and 88 % of all cases
    let covered = 0;
    for (let i = 0; i < 300; i++) {
      const { interval } = bootstrapMedian(Array.from({ length: n }, () => -Math.log(1 - random())), random);
      if (interval.kind === "interval" && interval.low <= Math.LN2 && interval.high >= Math.LN2) covered++;
    }
    assert(covered >= 0.92 * 300, `${covered} of 300 with ${n} values`);
  }
});
