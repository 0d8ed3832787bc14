import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { itemsThatFit } from "../../lib/bench/amount.ts";
import { corners } from "../../lib/bench/corners.ts";
import { chooseOnce, itemsTaken, itemsToCalibrate } from "../../lib/bench/once.ts";

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
  const least = 31 + itemsTaken(grid, 6, 4, calibration);
  assertEquals(chooseOnce({ ...wanted, items: least }, calibration), { items: 4, passes: 1, rounds: 6 });
  assertEquals(chooseOnce({ ...wanted, items: least - 1 }, calibration), undefined);
});

Deno.test("chooseOnce: where no more than 6 rounds are wanted, their runs have as many items as there are", () => {
  const { items = 0, rounds } = chooseOnce({ ...wanted, items: 3000, rounds: 4 }, calibration) ?? {};
  assertEquals(rounds, 4);
  assert(itemsTaken(grid, 4, items, calibration) <= 3000 - 31, `${items}`);
  assert(itemsTaken(grid, 4, items + 1, calibration) > 3000 - 31, `${items}`);
});

Deno.test("itemsTaken: in each round, those of four modes and the control, and those that warm each up", () => {
  assertEquals(itemsTaken(grid, 3, 4, calibration), 3 * 5 * (4 + 4)); // all 4 warm up, as 20 ms are longer
  assertEquals(itemsTaken(grid, 1, 100, calibration), 5 * 100 + 3 * 10 + 2 * 20); // 10 for each thread
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

Deno.test("itemsToCalibrate: a twentieth, but 7 at least if there are so many", () => {
  assertEquals([3, 7, 100, 1_000, 1_001].map(itemsToCalibrate), [3, 7, 7, 50, 51]);
});

Deno.test("chooseOnce: as many rounds as leave 8 items to each thread, and as many items as there are for them", () => {
  fc.assert(fc.property(
    fc.integer({ min: 200, max: 2_500 }),
    fc.integer({ min: 1, max: 15 }),
    fc.constantFrom(1_000, 1e6),
    (items, rounds, maxMs) => {
      const given = { ...wanted, items, rounds, maxMs };
      const found = chooseOnce(given, calibration);
      if (found === undefined) return;
      const mayBe = (count: number, perRun: number) =>
        itemsTaken(grid, count, perRun, calibration) <= items - calibration.items &&
        itemsThatFit(given, calibration, count) >= perRun;
      if (found.items > 4) assert(mayBe(found.rounds, found.items) && !mayBe(found.rounds, found.items + 1));
      if (found.rounds > 6) assert(found.items >= 16);
      if (found.rounds < rounds) assert(found.rounds >= 6 && !mayBe(found.rounds + 1, 16));
    },
  ));
});
