import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { linearRegression, linearRegressionLine, rSquared } from "simple-statistics";
import { theilSen } from "../../lib/stats/theil_sen.ts";
import { cloudSeeding } from "./published.ts";

const coordinate = fc.integer({ min: -1000, max: 1000 });

Deno.test("theilSen: the published slope of the cloud seeding data", () => {
  // The ten slopes: -.15 -.13 -.08 -.07 -.0575 | -.055 -.045 -.0333 .01 .04 (Hollander and Wolfe, example 9.1)
  const line = theilSen(cloudSeeding);
  assertAlmostEquals(line?.slope ?? NaN, -0.05625, 1e-12);
  // The median of y + 0.05625 x: 1.31625 1.3825 1.28875 1.385 1.31125
  assertAlmostEquals(line?.intercept ?? NaN, 1.31625, 1e-12);
});

Deno.test("theilSen: for points on a line it is the least-squares line and explains all of the variance", () => {
  fc.assert(
    fc.property(fc.uniqueArray(coordinate, { minLength: 2, maxLength: 12 }), coordinate, coordinate, (xs, a, b) => {
      const points = xs.map((x) => ({ x, y: a + b * x }));
      const line = theilSen(points);
      const least = linearRegression(points.map(({ x, y }) => [x, y]));
      assertAlmostEquals(line?.slope ?? NaN, least.m, 1e-6);
      assertAlmostEquals(line?.intercept ?? NaN, least.b, 1e-3);
      assertEquals(line?.r2, 1);
    }),
  );
});

Deno.test("theilSen: R2 as simple-statistics, and never above that of least squares", () => {
  const points = fc.uniqueArray(fc.record({ x: coordinate, y: coordinate }), {
    minLength: 4,
    maxLength: 12,
    selector: ({ x }) => x,
  });
  fc.assert(fc.property(points, (some) => {
    const pairs = some.map(({ x, y }) => [x, y]);
    const line = theilSen(some);
    fc.pre(line !== undefined && new Set(some.map(({ y }) => y)).size > 1);
    const { slope, intercept, r2 } = line ?? { slope: NaN, intercept: NaN, r2: NaN };
    assertAlmostEquals(r2, rSquared(pairs, (x) => intercept + slope * x), 1e-9);
    assertEquals(r2 <= rSquared(pairs, linearRegressionLine(linearRegression(pairs))) + 1e-9, true);
  }));
});

Deno.test("theilSen: two outliers of eight points hardly move it", () => {
  const points = Array.from({ length: 8 }, (_, x) => ({ x, y: x === 2 || x === 7 ? 1e6 : 3 + 2 * x }));
  const line = theilSen(points);
  assertAlmostEquals(line?.slope ?? NaN, 2, 1e-9);
  assertAlmostEquals(line?.intercept ?? NaN, 3, 1e-9);
});

Deno.test("theilSen: undefined if all points have the same x", () => {
  assertEquals([theilSen([]), theilSen([{ x: 1, y: 2 }, { x: 1, y: 3 }])], [undefined, undefined]);
});
