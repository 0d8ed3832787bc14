import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { LogHistogram, relativeError } from "../../lib/stats/log_histogram.ts";

/** The smallest value with that share of all at or below it. */
function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)];
}

const time = fc.double({ min: -3, max: 9, noNaN: true }).map((power) => 10 ** power); // 1 µs to 11 days

Deno.test("log histogram: a quantile is at most 1 % off that of the values", () => {
  fc.assert(
    fc.property(
      fc.array(time, { minLength: 1, maxLength: 300 }),
      fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1),
      (values, share) => {
        const histogram = new LogHistogram();
        for (const value of values) histogram.add(value);
        const [found, right] = [histogram.quantile(share)!, quantileOf(values, share)];
        assert(Math.abs(found / right - 1) <= relativeError * 1.000_001, `${found} for ${right}`);
      },
    ),
  );
});

Deno.test("log histogram: a value counts as often as its weight says, and so do those of another histogram", () => {
  fc.assert(fc.property(fc.array(fc.tuple(time, fc.integer({ min: 1, max: 9 })), { minLength: 1 }), (weighted) => {
    const [once, often, sum] = [new LogHistogram(), new LogHistogram(), new LogHistogram()];
    for (const [value, weight] of weighted) {
      once.add(value, weight);
      for (let i = 0; i < weight; i++) often.add(value);
    }
    sum.addAll(once);
    for (const share of [0.1, 0.5, 0.99]) {
      assertEquals([once.quantile(share), sum.quantile(share)], Array(2).fill(often.quantile(share)));
    }
  }));
});

Deno.test("log histogram: has no quantile without values; those that are too small or too large for it are its ends", () => {
  const histogram = new LogHistogram();
  assertEquals(histogram.quantile(0.5), undefined);
  histogram.add(0);
  assertEquals(histogram.quantile(0.5), 1e-3);
  histogram.add(1e300, 3);
  const last = histogram.quantile(0.5)!;
  assert(last > 2.5e9 && last < 2.7e9, `${last}`);
  histogram.clear();
  assertEquals([histogram.quantile(0.5), histogram.total], [undefined, 0]);
});
