import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { QuantileSketch } from "../../lib/stats/quantile_sketch.ts";

function sketchOf(values: readonly number[]): QuantileSketch {
  const sketch = new QuantileSketch();
  for (const value of values) sketch.add(value);
  return sketch;
}

Deno.test("quantile sketch: every quantile is exact to 1 %", () => {
  const positive = fc.array(fc.double({ min: 1e-3, max: 1e7, noNaN: true }), { minLength: 1, maxLength: 300 });
  fc.assert(fc.property(positive, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
    const sorted = values.toSorted((a, b) => a - b);
    const exact = sorted[Math.max(1, Math.ceil(q * values.length)) - 1];
    const found = sketchOf(values).quantile(q);
    assert(Math.abs(found / exact - 1) <= 0.0101, `${found} for ${exact}`);
  }));
});

Deno.test("quantile sketch: of less than 100 numbers, p99 is the largest; of 100, the second largest", () => {
  const p99 = (count: number) => sketchOf(Array.from({ length: count }, (_, i) => 1.1 ** i)).quantile(0.99);
  assert(Math.abs(p99(50) / 1.1 ** 49 - 1) < 0.011);
  assert(Math.abs(p99(100) / 1.1 ** 98 - 1) < 0.011);
});

Deno.test("quantile sketch: nothing, and 0", () => {
  assertEquals(new QuantileSketch().quantile(0.5), NaN);
  const zero = sketchOf([0, 0]);
  assertEquals(zero.count, 2);
  assert(zero.quantile(0.5) < 1e-5);
});
