import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import * as oracle from "simple-statistics";
import { median, quantile } from "../../lib/stats/quantiles.ts";

const numbers = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 40 });

Deno.test("quantile: R's type 7 on 1..10", () => {
  const values = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  assertEquals([0, 0.25, 0.5, 0.75, 1].map((q) => quantile(values, q)), [1, 3.25, 5.5, 7.75, 10]);
  assertAlmostEquals(quantile([8, 1, 4, 2], 0.3), 1.9, 1e-12); // R: quantile(c(1, 2, 4, 8), 0.3)
  assertEquals(median([3]), 3);
  assert(Number.isNaN(median([])));
});

Deno.test("median and ends: as simple-statistics", () => {
  fc.assert(fc.property(numbers, (values) => {
    assertAlmostEquals(median(values), oracle.median(values), 1e-6);
    assertEquals([quantile(values, 0), quantile(values, 1)], [oracle.min(values), oracle.max(values)]);
  }));
});

Deno.test("quantile: place i of n is the quantile i / (n - 1), whatever the order", () => {
  fc.assert(fc.property(numbers, (values) => {
    const sorted = values.toSorted((a, b) => a - b);
    sorted.forEach((value, i) => assertAlmostEquals(quantile(values, i / Math.max(1, sorted.length - 1)), value, 1e-6));
  }));
});
