import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { moreRounds } from "../../lib/stats/more_rounds.ts";
import { seededRandom } from "../../lib/stats/random.ts";
import { estimateRatio } from "../../lib/stats/ratio_estimate.ts";
import { difference } from "../../lib/stats/verdict.ts";

/** The interval that reaches so far around a ratio, on the logarithmic scale. */
const around = (ratio: number, half: number) => [ratio * Math.exp(-half), ratio * Math.exp(half)] as const;
const factor = (ratio: number, half: number, within = 1.02) => moreRounds(ratio, around(ratio, half), within);

Deno.test("moreRounds: an interval that shows a difference, or none beyond the margin, needs no more", () => {
  assertEquals([factor(1.1, 0.05), factor(0.9, 0.05), factor(1, 0.01)], [1, 1, 1]);
});

Deno.test("moreRounds: a half that is twice as wide needs four times as many; a ratio nearer to an edge needs more", () => {
  assertAlmostEquals(factor(1.1, 0.2) / factor(1.1, 0.1), 4);
  assertAlmostEquals(factor(0.9, 0.2) / factor(0.9, 0.1), 4);
  assertAlmostEquals(factor(1, 0.08) / factor(1, 0.04), 4);
  assertAlmostEquals(factor(1.1, 0.1), factor(1 / 1.1, 0.1)); // faster and slower are the same distance away
  assert(factor(1.01, 0.04) > factor(1, 0.04));
  assert(factor(1.03, 0.04) > factor(1.05, 0.04));
  assertEquals(factor(1.02, 0.04), Infinity);
});

Deno.test("moreRounds: only the end that crosses an edge counts", () => {
  assertEquals(moreRounds(1.1, [1.05, 9], 1.02), 1);
  assertEquals(moreRounds(1.1, [1.01, 9], 1.02), moreRounds(1.1, [1.01, 1.2], 1.02));
});

/** A normal number with mean 0 and deviation 1 (Box and Muller). */
function normals(seed: number) {
  const random = seededRandom(seed);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

for (const [ratio, word] of [[1.06, "faster"], [0.94, "slower"], [1, "same"]] as const) {
  Deno.test(`moreRounds: as many rounds show that a ratio of ${ratio} is ${word} in most cases, and half as many seldom do`, () => {
    const [rounds, half] = [12, 0.05];
    const deviation = half * Math.sqrt(rounds) / 1.96; // whose intervals are as wide with so many rounds
    const share = (count: number) => {
      const normal = normals(7);
      const shown = Array.from({ length: 300 }, () => {
        const logRatios = Array.from({ length: count }, () => Math.log(ratio) + deviation * normal());
        return difference(estimateRatio(logRatios).interval);
      });
      return shown.filter((found) => found === word).length / shown.length;
    };
    const needed = Math.ceil(rounds * factor(ratio, half));
    const [enough, fewer] = [share(needed), share(Math.ceil(needed / 2))];
    assert(enough > 0.6 && enough < 0.95, `${needed} rounds: ${enough}`);
    assert(fewer < 0.6, `${needed / 2} rounds: ${fewer}`);
  });
}
