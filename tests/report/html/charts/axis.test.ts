import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type AxisUnit, fittingAxis, linearAxis, logAxis } from "../../../../lib/report/html/charts/axis.ts";

const labels = (values: readonly number[], unit: AxisUnit, axis = logAxis) =>
  axis(values, unit, [0, 1000]).ticks.map(({ label }) => label);

Deno.test("axis: round labels, as many as have room", () => {
  assertEquals(labels([1, 58_000], "ratio"), ["1×", "10×", "100×", "1,000×", "10k×"]);
  assertEquals(labels([0.99, 1.96], "ratio"), ["1×", "1.2×", "1.5×", "2×"]);
  assertEquals(labels([15 * 2 ** 20, 600 * 2 ** 20], "bytes"), ["16 MiB", "64 MiB", "256 MiB"]);
  assertEquals(labels([497, 8 * 2 ** 30], "bytes"), ["1 KiB", "32 KiB", "1 MiB", "32 MiB", "1 GiB"]);
  assertEquals(labels([4e-5, 30], "ms"), ["100 ns", "10 µs", "1 ms"]);
  assertEquals(labels([1, 100_000], "count"), ["1", "100", "10k"]);
  assertEquals(labels([3, 3.1], "ms", linearAxis), ["3 ms", "3.05 ms", "3.1 ms"]);
  assertEquals(labels([0, 2015], "ms", linearAxis), ["0", "500 ms", "1 s", "1.5 s", "2 s"]);
});

Deno.test("axis: equal ratios are equally long on a logarithmic one, equal differences on a linear one", () => {
  const log = logAxis([1, 1000], "count", [0, 1000]);
  assertAlmostEquals(log.place(100) - log.place(10), log.place(1000) - log.place(100), 1e-6);
  const linear = linearAxis([1, 1000], "count", [0, 1000]);
  assertAlmostEquals(linear.place(300) - linear.place(200), linear.place(900) - linear.place(800), 1e-6);
});

Deno.test("axis: what a logarithmic one cannot place stands at its ends", () => {
  const { place } = logAxis([1, 10, Infinity, 0], "ratio", [0, 1000]);
  assertEquals([place(0), place(Infinity)], [0, 1000]);
  assert(place(1) < 50 && place(10) > 950);
});

Deno.test("axis: it is logarithmic where the largest value is many times the smallest", () => {
  const middle = (values: readonly number[]) => {
    const axis = fittingAxis(values, "ms", [0, 1000]);
    return axis.place(Math.sqrt(values[0] * values[1]));
  };
  assertAlmostEquals(middle([1, 100]), 500, 1e-6);
  assert(middle([1, 5]) < 400);
});

Deno.test("axis: whatever the values, they and the ticks lie on it, and the labels differ", () => {
  const value = fc.double({ min: 1e-6, max: 1e9, noNaN: true });
  const any = fc.tuple(fc.array(value, { maxLength: 5 }), fc.constantFrom<AxisUnit>("ms", "bytes", "ratio", "count"));
  for (const axisOf of [logAxis, linearAxis, fittingAxis]) {
    fc.assert(fc.property(any, ([values, unit]) => {
      const { ticks, place } = axisOf(values, unit, [0, 1000]);
      for (const at of [...values.map(place), ...ticks.map((tick) => tick.at)]) {
        assert(at >= -1e-6 && at <= 1000 + 1e-6, `${at}`);
      }
      assertEquals(ticks.map(({ at }) => at), ticks.map(({ at }) => at).toSorted((a, b) => a - b));
      assertEquals(new Set(ticks.map(({ label }) => label)).size, ticks.length);
      assert(ticks.length <= 6);
    }));
  }
});
