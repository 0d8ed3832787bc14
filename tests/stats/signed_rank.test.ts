import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { criticalPlace, minValues, signedRankP } from "../../lib/stats/signed_rank.ts";
import { darwin, depression } from "./published.ts";

Deno.test("signedRankP: published examples", () => {
  assertEquals(signedRankP(depression), 0.0390625); // R: wilcox.test(x, y, paired = TRUE): V = 40, p-value = 0.03906
  assertAlmostEquals(signedRankP(darwin), 0.04126, 1e-5); // R: V = 96, p-value = 0.04126
});

Deno.test("signedRankP: with ties and zeros, the same as counting all sign patterns", () => {
  const few = fc.array(fc.integer({ min: -4, max: 4 }), { maxLength: 9 });
  fc.assert(fc.property(few, (differences) => {
    assertAlmostEquals(signedRankP(differences), countedP(differences), 1e-12);
  }));
});

Deno.test("signedRankP: 1 if there are no differences or only zeros", () => {
  assertEquals([signedRankP([]), signedRankP([0, 0, 0]), signedRankP([1, -1])], [1, 1, 1]);
});

Deno.test("signedRankP: the normal approximation beyond 50 differences is close to the exact p-value", () => {
  for (const [n, every] of [[51, 3], [60, 4], [80, 3], [80, 2]]) {
    const values = Array.from({ length: n }, (_, i) => (i % every === 0 ? -1 : 1) * (i + 1));
    const against = values.filter((value) => value < 0).reduce((sum, value) => sum - value, 0);
    const exact = Math.min(1, 2 * chances(n).slice(0, against + 1).reduce((sum, chance) => sum + chance, 0));
    assertAlmostEquals(signedRankP(values), exact, 0.002, `n = ${n}`);
  }
});

Deno.test("minValues: this many values of one sign suffice, and one fewer does not", () => {
  const ones = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  for (const p of [0.05, 0.05 / 8, 0.0027]) {
    const n = minValues(p);
    assertEquals([signedRankP(ones(n)) <= p, signedRankP(ones(n - 1)) <= p], [true, false]);
  }
  assertEquals([minValues(0.05), minValues(0.05 / 8), minValues(0.0027)], [6, 9, 10]);
});

Deno.test("criticalPlace: the published table for 5 %, two-sided", () => {
  // Wilcoxon and Wilcox (1964), as in every textbook: T at most this is significant.
  const table = { 6: 0, 7: 2, 8: 3, 9: 5, 10: 8, 11: 10, 12: 13, 15: 25, 20: 52, 25: 89, 30: 137, 50: 434 };
  const cuts = Object.keys(table).map((n) => [n, Math.floor(criticalPlace(Number(n), 0.95)?.cut ?? NaN)]);
  assertEquals(Object.fromEntries(cuts), table);
});

Deno.test("criticalPlace: the levels that few values allow", () => {
  assertEquals(criticalPlace(5, 0.95), undefined);
  const levels = [6, 7, 8, 9, 10, 12].map((n) => criticalPlace(n, 0.95)).map((place) => [place?.exact, place?.atLeast]);
  assertEquals(levels, [
    [1 - 2 / 64, 1 - 4 / 64],
    [1 - 6 / 128, 1 - 10 / 128],
    [1 - 10 / 256, 1 - 14 / 256],
    [1 - 20 / 512, 1 - 28 / 512],
    [1 - 50 / 1024, 1 - 66 / 1024],
    [1 - 174 / 4096, 1 - 214 / 4096],
  ]);
  assertEquals([criticalPlace(9, 0.9973), criticalPlace(10, 0.9973)?.exact], [undefined, 1 - 2 / 1024]);
});

Deno.test("criticalPlace: beyond 50 values the normal place is within 1 of the exact one", () => {
  for (const n of [51, 60, 80]) {
    const chance = chances(n);
    let [t, below] = [0, chance[0]];
    while (2 * (below + chance[t + 1]) <= 0.05) below += chance[++t];
    const exact = t + (0.025 - below) / chance[t + 1];
    assertAlmostEquals(criticalPlace(n, 0.95)?.cut ?? NaN, exact, 1, `n = ${n}`);
  }
});

/** P(T = t) of 1..n without ties, at index t; also for n at which the tested code uses the normal approximation. */
function chances(n: number): number[] {
  let chance = [1];
  for (let rank = 1; rank <= n; rank++) {
    const before = chance;
    chance = Array.from({ length: before.length + rank }, (_, t) => ((before[t] ?? 0) + (before[t - rank] ?? 0)) / 2);
  }
  return chance;
}

/** The share of all sign patterns that are at least as uneven, on the same ranks. */
function countedP(differences: readonly number[]): number {
  const sizes = differences.filter((d) => d !== 0).map(Math.abs);
  const ranks = sizes.map((size) =>
    sizes.filter((other) => other < size).length + (sizes.filter((other) => other === size).length + 1) / 2
  );
  const unevenness = (positive: (i: number) => boolean) =>
    Math.abs(ranks.reduce((sum, rank, i) => sum + (positive(i) ? rank : -rank), 0));
  const moved = differences.filter((d) => d !== 0);
  const seen = unevenness((i) => moved[i] > 0);
  const patterns = Array.from({ length: 2 ** sizes.length }, (_, bits) => unevenness((i) => (bits >> i) % 2 === 1));
  return patterns.filter((found) => found >= seen).length / patterns.length;
}
