import { assert, assertEquals } from "@std/assert";
import { seededRandom, shuffled } from "../../lib/stats/random.ts";
import { pairedRatios } from "../../lib/stats/ratios.ts";

Deno.test("pairedRatios: the median and the range of the pairs' ratios, not the ratio of the medians", () => {
  assertEquals(pairedRatios([10, 20, 90], [10, 10, 30]), { ratio: 2, min: 1, max: 3 });
});

Deno.test("shuffled: the same for the same seed, and every order about equally often", () => {
  assertEquals(shuffled([1, 2, 3, 4], seededRandom(7)), shuffled([1, 2, 3, 4], seededRandom(7)));
  const random = seededRandom(1);
  const seen = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = shuffled([1, 2, 3], random).join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  assertEquals(seen.size, 6);
  for (const [order, count] of seen) assert(count > 880 && count < 1120, `${order}: ${count} of 6000`); // 4 sigma
});
