import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { median, medianAbsoluteDeviation } from "simple-statistics";
import { modifiedZScores, outliers } from "../../lib/stats/outliers.ts";

Deno.test("outliers: Iglewicz and Hoaglin's limit, on round numbers", () => {
  // median 3, MAD 1: scores -1.349, -0.6745, 0, 0.6745, 3.3725 and 4.7215
  assertEquals(modifiedZScores([1, 2, 3, 4, 8, 2, 4]).map((score) => +score.toFixed(4)), [
    -1.349,
    -0.6745,
    0,
    0.6745,
    3.3725,
    -0.6745,
    0.6745,
  ]);
  assertEquals([outliers([1, 2, 3, 4, 8, 2, 4]), outliers([1, 2, 3, 4, 10, 2, 4])], [[], [4]]);
});

Deno.test("outliers: simple-statistics' MAD", () => {
  fc.assert(fc.property(fc.uniqueArray(fc.integer(), { minLength: 3, maxLength: 30 }), (values) => {
    const [middle, mad] = [median(values), medianAbsoluteDeviation(values)];
    modifiedZScores(values).forEach((score, i) =>
      assertAlmostEquals(score, 0.6745 * (values[i] - middle) / mad, 1e-9 * Math.max(1, Math.abs(score)))
    );
  }));
});

Deno.test("outliers: found if most values are equal, none if all are equal", () => {
  assertEquals([outliers([5, 5, 5, 5, 5, 5, 9]), outliers([5, 5, 5]), outliers([])], [[6], [], []]);
  assertAlmostEquals(modifiedZScores([5, 5, 5, 5, 5, 5, 9])[6], 4 / (4 / 7 * 1.253314), 1e-12);
});
