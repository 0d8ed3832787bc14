import { assertAlmostEquals, assertEquals } from "@std/assert";
import { cumulativeStdNormalProbability, probit } from "simple-statistics";
import { normalBelow, normalQuantile } from "../../lib/stats/normal.ts";

Deno.test("normalBelow: textbook values, and simple-statistics within its own error", () => {
  assertAlmostEquals(normalBelow(1.959963984540054), 0.975, 1e-15);
  assertAlmostEquals(normalBelow(-3), 0.0013498980316300933, 1e-15); // R: pnorm(-3)
  assertEquals([normalBelow(0), normalBelow(-40), normalBelow(40)], [0.5, 0, 1]);
  for (let z = -3; z <= 3; z += 0.25) assertAlmostEquals(normalBelow(z), cumulativeStdNormalProbability(z), 1e-4);
});

Deno.test("normalQuantile: the inverse of normalBelow; simple-statistics within its own error", () => {
  assertAlmostEquals(normalQuantile(0.025), -1.959963984540054, 1e-12);
  for (let z = -6; z <= 6; z += 0.5) assertAlmostEquals(normalQuantile(normalBelow(z)), z, 1e-7);
  for (const p of [0.01, 0.1, 0.5, 0.9, 0.99]) assertAlmostEquals(normalQuantile(p), probit(p), 1e-2);
});
