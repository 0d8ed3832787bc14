import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { holm } from "../../lib/stats/holm.ts";

const pValues = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });

Deno.test("holm: R's p.adjust", () => {
  const cases: [number[], number[]][] = [
    [[0.01, 0.02, 0.03, 0.04, 0.05], [0.05, 0.08, 0.09, 0.09, 0.09]],
    [[0.04, 0.01, 0.03, 0.005], [0.06, 0.03, 0.06, 0.02]], // Holm's step-down: 0.005 x 4, 0.01 x 3, 0.03 x 2, 0.04 x 1
    [[0.9, 0.6], [1, 1]],
    [[], []],
  ];
  for (const [given, expected] of cases) {
    holm(given).forEach((value, i) => assertAlmostEquals(value, expected[i], 1e-12));
  }
});

Deno.test("holm: never below its p-value, never above Bonferroni's, in the same order, whatever the order given", () => {
  fc.assert(fc.property(pValues, (given) => {
    const adjusted = holm(given);
    given.forEach((p, i) => {
      assertEquals(adjusted[i] >= p && adjusted[i] <= Math.min(1, given.length * p), true);
      given.forEach((q, j) => assertEquals(p < q && adjusted[i] > adjusted[j], false));
    });
    assertEquals(holm(given.toReversed()), adjusted.toReversed());
  }));
});
