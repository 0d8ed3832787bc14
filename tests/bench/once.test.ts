import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { corners } from "../../lib/bench/corners.ts";
import { chooseOnce, itemsTaken } from "../../lib/bench/once.ts";

const grid = corners(2, 8);
const wanted = { items: 10_000, rounds: 12, warmupRounds: 0, maxMs: 30_000, cells: grid, usableCores: 2 };
const calibration = { startMs: 50, itemMs: 2, computingMs: 2, items: 31 };

Deno.test("chooseOnce: all items, in all rounds", () => {
  const { items, rounds, passes } = chooseOnce({ ...wanted, items: 3000 }, calibration) ?? {};
  assertEquals([rounds, passes], [12, 1]);
  assert(items !== undefined && items >= 16);
  assert(itemsTaken(grid, 12, items, calibration) <= 3000 - 31);
  assert(itemsTaken(grid, 12, items + 1, calibration) > 3000 - 31);
});

Deno.test("chooseOnce: fewer rounds before too few items, and undefined with fewer than 4 items for each run", () => {
  assertEquals(chooseOnce({ ...wanted, items: 900 }, calibration)?.rounds, 6);
  assertEquals(chooseOnce({ ...wanted, items: 90 }, calibration), undefined);
  assertEquals(chooseOnce({ ...wanted, items: 91 + itemsTaken(grid, 6, 4, calibration) }, calibration)?.rounds, 6);
});

Deno.test("chooseOnce: the time limits it too", () => {
  const { items = 0, rounds = 0 } = chooseOnce({ ...wanted, maxMs: 3000 }, calibration) ?? {};
  assert(rounds * items * 8 <= 3000, `${rounds} rounds of ${items}`); // serial twice, tasks, half for threads and both
});

Deno.test("chooseOnce: never takes more items than there are", () => {
  fc.assert(fc.property(
    fc.integer({ min: 32, max: 5000 }),
    fc.integer({ min: 1, max: 20 }),
    fc.integer({ min: 0, max: 2 }),
    fc.double({ min: 1e-3, max: 100, noNaN: true }),
    (items, rounds, warmupRounds, itemMs) => {
      const cost = { ...calibration, itemMs, computingMs: itemMs / 2 };
      const found = chooseOnce({ ...wanted, items, rounds, warmupRounds }, cost);
      if (found === undefined) return;
      assert(found.items >= 1 && found.rounds <= rounds);
      assert(itemsTaken(grid, found.rounds + warmupRounds, found.items, cost) <= items - cost.items);
    },
  ));
});
