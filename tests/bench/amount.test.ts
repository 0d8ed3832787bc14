import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  type AmountWanted,
  chooseAmount,
  chooseTasks,
  costOfRuns,
  itemsThatFit,
  maxRunItems,
  warmupItems,
  withControl,
} from "../../lib/bench/amount.ts";
import type { Calibration } from "../../lib/bench/calibrate.ts";
import { corners } from "../../lib/bench/corners.ts";
import { chooseOnce } from "../../lib/bench/once.ts";

const grid = corners(2, 8);
const wanted = { items: 200, rounds: 12, warmupRounds: 0, maxMs: 30_000, cells: grid, usableCores: 2 };
const waits = { startMs: 50, itemMs: 5, items: 10 };
const computes = { startMs: 50, itemMs: 2, computingMs: 2, items: 10 };

Deno.test("chooseAmount: all items and rounds if they fit", () => {
  assertEquals(chooseAmount(wanted, computes), { items: 200, passes: 1, rounds: 12 });
  assertEquals(withControl(grid).map(({ mode }) => mode), ["serial", "tasks", "threads", "both", "serial"]);
});

Deno.test("chooseAmount: fewer items in all rounds if time is short", () => {
  const { items, rounds } = chooseAmount(wanted, { ...computes, itemMs: 20, computingMs: 20 });
  assertEquals(rounds, 12);
  assert(items >= 16 && items < 200, `${items}`);
  assert(12 * items * 4 * 20 <= 30_000, `${items}`); // serial twice, tasks, and half for threads and both
});

Deno.test("chooseAmount: fewer rounds before too few items; then fewer items; then fewer than 6 rounds", () => {
  const slow = chooseAmount(wanted, { ...computes, itemMs: 50, computingMs: 50 });
  assert(slow.rounds < 12 && slow.rounds >= 6, `${slow.rounds}`);
  assert(slow.items >= 16, `${slow.items}`);
  assertEquals(chooseAmount(wanted, { ...computes, itemMs: 60_000, computingMs: 1 }), {
    items: 4,
    passes: 1,
    rounds: 1,
  });
  const waiting = { ...computes, itemMs: 80, computingMs: 1 };
  const few = chooseAmount({ ...wanted, maxMs: 12_000 }, waiting);
  assert(few.items >= 4 && few.items < 8 && few.rounds === 6, `${few.rounds} of ${few.items}`);
  const fewer = chooseAmount({ ...wanted, maxMs: 5_000 }, waiting);
  assert(
    fewer.items >= 4 && fewer.items < 8 && fewer.rounds < 6 && fewer.rounds >= 1,
    `${fewer.rounds} of ${fewer.items}`,
  );
});

Deno.test("chooseAmount: several passes if a run would be shorter than 0.1 s, as far as time allows", () => {
  const few = { ...wanted, items: 20 };
  assertEquals(chooseAmount(few, computes), { items: 20, passes: 5, rounds: 12 }); // 2 threads take 20 ms for 20 items
  assertEquals(chooseAmount({ ...few, rounds: 2, maxMs: 1500 }, computes).passes, 2);
  const { items, passes } = chooseAmount({ ...few, items: 1 }, { ...waits, itemMs: 1e-3, computingMs: 1e-3 });
  assertEquals([items, passes], [1, 200_000]);
});

/** What may limit an amount; the time is from too little for one round to enough for all. */
const limits = fc.record({
  items: fc.integer({ min: 1, max: 60 }),
  rounds: fc.integer({ min: 1, max: 15 }),
  warmupRounds: fc.nat(2),
  maxMs: fc.integer({ min: 100, max: 40_000 }),
  threads: fc.constantFrom(1, 2, 4),
  itemMs: fc.constantFrom(0.3, 2, 20, 90),
  startMs: fc.constantFrom(1, 50),
});

/** Calls with the amount for some limits, and with how many items would fit into so many rounds. */
function forAmounts(
  holds: (
    amount: ReturnType<typeof chooseAmount>,
    fits: (rounds: number) => number,
    given: { readonly wanted: AmountWanted; readonly calibration: Calibration; readonly threads: number },
  ) => void,
): void {
  fc.assert(
    fc.property(limits, ({ threads, itemMs, startMs, ...rest }) => {
      const given = { ...rest, cells: corners(threads, 8), usableCores: 2 };
      const calibration = { startMs, itemMs, computingMs: itemMs / 2, items: 10 };
      const fits = (rounds: number) => itemsThatFit(given, calibration, rounds);
      holds(chooseAmount(given, calibration), fits, { wanted: given, calibration, threads });
    }),
    { numRuns: 2_000 },
  );
}

Deno.test("chooseAmount: as many rounds as leave 8 items to each thread, and runs as long as the starts; at least 6 of them", () => {
  forAmounts(({ items, rounds }, fits, { wanted, calibration, threads }) => {
    const { startsMs, perItemMs } = costOfRuns(withControl(wanted.cells), wanted, calibration);
    const isEnough = (count: number) =>
      count >= Math.min(wanted.items, 8 * threads) && (count >= wanted.items || count * perItemMs >= startsMs);
    if (rounds > 6) assert(isEnough(items), `${rounds} of ${items}`);
    if (rounds >= 6 && rounds < wanted.rounds) assert(!isEnough(fits(rounds + 1)), `${rounds}, not one more`);
  });
});

Deno.test("chooseAmount: fewer than 6 rounds only where a thread would get fewer than 2 items", () => {
  forAmounts(({ items, rounds }, fits, { wanted, threads }) => {
    const least = Math.min(wanted.items, 2 * threads);
    assert(items >= least && rounds >= 1);
    if (rounds < Math.min(6, wanted.rounds)) assert(fits(rounds + 1) < least, `${rounds}, not one more`);
  });
});

Deno.test("chooseAmount: all items that fit, and as many passes as make a run last 0.1 s, if they fit", () => {
  forAmounts(({ items, passes, rounds }, fits, { wanted, calibration, threads }) => {
    const all = fits(rounds);
    if (all >= items) assert(items * passes <= all && items === Math.min(wanted.items, all), `${items} of ${all}`);
    const fastest = { ...wanted.cells[3], threads, tasks: Math.ceil(8 / threads) };
    const { perItemMs } = costOfRuns([fastest], wanted, calibration);
    const isLong = (count: number) => items * count * perItemMs >= 100 - 1e-9;
    if (passes > 1) assert(!isLong(passes - 1), `${passes} of ${items}`);
    if (!isLong(passes)) assert(items * (passes + 1) > all, `${passes} of ${items}`);
  });
});

Deno.test("itemsThatFit: one more item would not fit", () => {
  const { startsMs, perItemMs } = costOfRuns(withControl(grid), wanted, computes);
  const fits = itemsThatFit(wanted, computes, 12);
  const msOf = (items: number) => 12 * (startsMs + items * perItemMs);
  assert(msOf(fits) <= wanted.maxMs && msOf(fits + 1) > wanted.maxMs, `${fits}`);
});

Deno.test("itemsThatFit: warm-up rounds take their share of the time", () => {
  const full = itemsThatFit(wanted, computes, 12);
  assertEquals(itemsThatFit({ ...wanted, warmupRounds: 12 }, computes, 12), itemsThatFit(wanted, computes, 24));
  assert(full > 2 * itemsThatFit(wanted, computes, 24), `${full}`); // each round starts slots
});

Deno.test("chooseTasks: enough that one task computes while the others wait", () => {
  assertEquals(chooseTasks(computes, 1000, 2), 8);
  assertEquals(chooseTasks({ ...waits, computingMs: 0.2 }, 1000, 2), 128);
  assertEquals(chooseTasks({ ...waits, computingMs: 0 }, 1000, 2), 256);
  assertEquals(chooseTasks({ ...waits, computingMs: undefined }, 1000, 2), 32);
  assertEquals(chooseTasks({ ...waits, computingMs: 0.2 }, 3, 2), 3);
  assertEquals(chooseTasks({ ...waits, computingMs: 0.2 }, 1, 2), 1);
});

Deno.test("warmupItems: about 20 ms for each thread, and at most all items", () => {
  const [serial, , threads] = grid;
  assertEquals(warmupItems(serial, computes, 200), 10);
  assertEquals(warmupItems(serial, { ...computes, itemMs: 3 }, 200), 7); // 6 would take 18 ms
  assertEquals(warmupItems(threads, computes, 200), 20);
  assertEquals(warmupItems(threads, computes, 15), 15);
  assertEquals(warmupItems(threads, { ...computes, itemMs: 1000 }, 200), 2);
  assertEquals(warmupItems(serial, { ...computes, itemMs: 1e-4 }, 1e6), 1000);
});

Deno.test("costOfRuns: starts, and one more item in each run, in milliseconds", () => {
  const [serial, tasks, threads, both] = grid;
  const cost = (runs: Parameters<typeof costOfRuns>[0], calibration = computes) =>
    costOfRuns(runs, wanted, calibration);
  // a thread starts in 50 ms and reads its CPU time in 15 more; 20 ms warm it up
  assertEquals(cost([serial]), { startsMs: 50 + 15 + 20, perItemMs: 2 });
  assertEquals(cost([threads]), { startsMs: 50 + 15 + 20, perItemMs: 1 });
  assertEquals(cost([serial, threads, serial]), { startsMs: 3 * 85, perItemMs: 5 });
  const mixed = { ...computes, itemMs: 10 };
  assertEquals(cost([tasks], mixed), { startsMs: 85, perItemMs: 2 }); // 8 tasks wait together, and compute one by one
  assertEquals(cost([both], mixed).perItemMs, 10 / 8);
  assertEquals(costOfRuns([{ mode: "threads", threads: 8, tasks: 1 }], wanted, computes), {
    startsMs: 4 * 65 + 80, // 8 threads share 2 cores
    perItemMs: 1,
  });
});

Deno.test("itemsThatFit: no more than the memory of a run holds, however long the time and many the items", () => {
  const long = { ...wanted, items: 1e12, maxMs: 1e9 };
  assertEquals(itemsThatFit(long, computes, 12), maxRunItems);
  assertEquals(chooseAmount(long, computes).items, maxRunItems);
  assertEquals(chooseOnce(long, computes)?.items, maxRunItems);
});
