import { assert, assertEquals, assertMatch } from "@std/assert";
import fc from "fast-check";
import { costOfRuns, withControl } from "../../lib/bench/amount.ts";
import { itemsToCalibrate } from "../../lib/bench/once.ts";
import { type MeasurementOptions, scheduleRounds } from "../../lib/bench/schedule_rounds.ts";
import { NoWholeRound, TooFewItems } from "../../lib/errors.ts";

const values: MeasurementOptions = {
  threads: 2,
  tasks: undefined,
  rounds: 6,
  warmupRounds: 0,
  once: false,
  seed: 42,
  grid: false,
  maxMs: 30_000,
};
const cost = { startMs: 20, itemMs: 5, computingMs: 1 };

/** `calibrated`: how many items the calibration has run; by default as many as it may. */
interface Given extends Partial<MeasurementOptions> {
  readonly items?: number;
  readonly leftMs?: number;
  readonly cost?: { readonly startMs: number; readonly itemMs: number; readonly computingMs: number | undefined };
  readonly calibrated?: number;
}

function schedule({ items = 100, leftMs = 29_000, cost: each = cost, calibrated, ...rest }: Given = {}) {
  const bytes = Array.from({ length: items }, (_, i) => new TextEncoder().encode(String(i)));
  const calibration = { ...each, items: calibrated ?? itemsToCalibrate(items) };
  return scheduleRounds({ ...values, ...rest }, bytes, calibration, 2, leftMs);
}

/** The error instead of a schedule; undefined if there is a schedule. */
function errorOf(given: Given): unknown {
  try {
    schedule(given);
  } catch (error) {
    return error;
  }
}

/** How often each item runs, by the number that it holds, if all rounds are run. */
function itemsRun({ itemsFor, cells, schedule: { rounds, warmupRounds } }: ReturnType<typeof schedule>): number[] {
  const times: number[] = [];
  for (let round = 0; round < rounds + warmupRounds; round++) {
    for (const cell of withControl(cells)) {
      const { warmup, measured } = itemsFor(cell);
      for (const bytes of [...warmup.bytes, ...measured.bytes]) {
        const item = Number(new TextDecoder().decode(bytes));
        times[item] = (times[item] ?? 0) + 1;
      }
    }
  }
  return times;
}

/** What a comparison without repeated items may be given. */
const once = fc.record({
  once: fc.constant(true),
  threads: fc.constantFrom(1, 2, 3, 4),
  tasks: fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
  rounds: fc.integer({ min: 1, max: 9 }),
  warmupRounds: fc.nat(2),
  grid: fc.boolean(),
  cost: fc.record({
    startMs: fc.constant(20),
    itemMs: fc.constantFrom(0.5, 5, 30),
    computingMs: fc.constantFrom(0.1, 0.4, undefined),
  }),
  leftMs: fc.constant(1e6),
});

Deno.test("scheduleRounds: where no item may run twice, there are enough for all rounds, and as many as were announced", () => {
  fc.assert(fc.property(once, fc.integer({ min: 1, max: 1_500 }), (given, items) => {
    fc.pre(errorOf({ ...given, items }) === undefined);
    const measurement = schedule({ ...given, items });
    assertEquals(measurement.itemsUsed(), itemsToCalibrate(items));
    const times = itemsRun(measurement);
    assert(times.every((count) => count === 1));
    assertEquals(measurement.itemsUsed(), itemsToCalibrate(items) + (measurement.schedule.once ?? NaN));
    assert(times.length <= items, `${times.length} of ${items}`);
  }));
});

/** How many items an error says are needed. */
function neededIn(error: unknown): number {
  assert(error instanceof TooFewItems);
  return Number(error.message.match(/at least (\d+) items/)?.[1]);
}

Deno.test("scheduleRounds: where there are too few items, the number that is needed is enough, and one less is not", () => {
  fc.assert(fc.property(once, fc.integer({ min: 1, max: 40 }), (given, items) => {
    const error = errorOf({ ...given, items });
    fc.pre(error !== undefined);
    const needed = neededIn(error);
    assertEquals(errorOf({ ...given, items: needed }), undefined);
    if (!given.grid) assertEquals(neededIn(errorOf({ ...given, items: needed - 1 })), needed);
  }));
});

Deno.test("scheduleRounds: a calibration that had no time for its items takes no more of them if there are more", () => {
  const given = { once: true, items: 60, calibrated: 1 };
  const needed = neededIn(errorOf(given));
  assertEquals(errorOf({ ...given, items: needed }), undefined);
  assertEquals(neededIn(errorOf({ ...given, items: needed - 1 })), needed);
  assertEquals(neededIn(errorOf({ once: true, items: 60 })) > needed, true);
});

Deno.test("scheduleRounds: otherwise every run has the same items, which are announced, and the first few warm it up", () => {
  const { cells, itemsFor, itemsUsed, schedule: told } = schedule({ items: 50, rounds: 7, warmupRounds: 1 });
  const [first, ...others] = cells.map(itemsFor);
  for (const { measured } of others) assertEquals(measured.bytes, first.measured.bytes);
  assertEquals(first.measured.bytes.length, told.items * told.passes);
  for (const { warmup } of others) assertEquals(warmup.bytes, first.measured.bytes.slice(0, warmup.bytes.length));
  assertEquals(told.warmup, Math.max(...cells.map((cell) => itemsFor(cell).warmup.bytes.length)));
  assertEquals([told.runsPerRound, told.once, itemsUsed()], [5, undefined, undefined]);
  assertEquals([told.itemsGiven, told.roundsWanted, told.warmupRounds, told.calibrated], [50, 7, 1, 7]);
});

Deno.test("scheduleRounds: tasks that are chosen are no more than the items of a run; tasks that are given stay", () => {
  const tasksOf = (given: Given) =>
    schedule({ items: 12, cost: { ...cost, computingMs: 0.01 }, ...given }).cells[1].tasks;
  const short = { items: 500, leftMs: 4_000, cost: { startMs: 1, itemMs: 100, computingMs: 0.01 } };
  const { amount } = schedule(short);
  assertEquals(tasksOf(short), amount.items);
  assert(amount.items < 256, `${amount.items}`); // as many tasks as there would be otherwise
  assertEquals(tasksOf({ ...short, tasks: 64 }), 64);
  assertEquals(tasksOf({ once: true, items: 400 }), schedule({ once: true, items: 400 }).amount.items);
});

Deno.test("scheduleRounds: a sweep has the cells that time and items are planned for, or fewer", () => {
  fc.assert(fc.property(fc.integer({ min: 200, max: 3_000 }), (items) => {
    const given = { items, once: true, grid: true, cost: { startMs: 20, itemMs: 23, computingMs: 3.5 }, leftMs: 1e6 };
    const error = errorOf(given);
    if (error !== undefined) return assert(error instanceof TooFewItems);
    const { cells, schedule: { runsPerRound } } = schedule(given);
    assertEquals(runsPerRound, cells.length + 1);
    assert(cells.length > 4 && cells.length <= 12, `${cells.length}`); // 1, 2, 4 threads with 1, 4, 16 and 32 tasks
  }));
});

Deno.test("scheduleRounds: rounds are planned for 85 % of the time that is left, and not for less", () => {
  const each = { startMs: 1, itemMs: 5, computingMs: 5 };
  const { cells, amount } = schedule({ items: 10_000, rounds: 12, cost: each, leftMs: 20_000 });
  const { startsMs, perItemMs } = costOfRuns(withControl(cells), { items: 10_000, usableCores: 2 }, {
    ...each,
    items: 7,
  });
  const msOf = (items: number) => 12 * (startsMs + items * perItemMs);
  assert(msOf(amount.items) <= 17_000 && msOf(amount.items + 1) > 17_000, `${amount.items}`);
});

Deno.test("scheduleRounds: tasks that are chosen are as many as a run has items in all of its passes", () => {
  const { cells, amount } = schedule({ items: 12, cost: { startMs: 1, itemMs: 1, computingMs: 0.01 } });
  assert(amount.passes > 1);
  assertEquals([amount.items, cells[1].tasks], [12, 12]);
});

Deno.test("scheduleRounds: a round is tried that takes all of the time that is left, and none that takes longer", () => {
  const given = { items: 4, tasks: 8, cost: { startMs: 20, itemMs: 500, computingMs: 500 } };
  const roundMs = 4 * (500 + 500 + 250 + 250 + 500); // serial twice; two threads take half as long
  assertEquals(schedule({ ...given, leftMs: roundMs }).amount, { items: 4, passes: 1, rounds: 1 });
  assert(errorOf({ ...given, leftMs: roundMs - 1 }) instanceof NoWholeRound);
  assert(errorOf({ ...given, leftMs: roundMs, warmupRounds: 1 }) instanceof NoWholeRound);
  assertEquals(errorOf({ ...given, leftMs: 2 * roundMs, warmupRounds: 1 }), undefined);
});

Deno.test("scheduleRounds: where it is unknown how long an item computes, a round is tried that fits if it only waits", () => {
  const waits = { startMs: 1, itemMs: 1, computingMs: undefined };
  const roundMs = 4 * (1 + 1 / 4 + 1 / 2 + 1 / 4 + 1); // 4 tasks wait together
  assertEquals(errorOf({ items: 4, cost: waits, leftMs: roundMs }), undefined);
  assert(errorOf({ items: 4, cost: waits, leftMs: roundMs - 0.1 }) instanceof NoWholeRound);
});

Deno.test("scheduleRounds: the time that it proposes is no longer than needed: a tenth less is not enough for 6 rounds", () => {
  const given = { items: 4, cost: { startMs: 20, itemMs: 4_000, computingMs: 4_000 } };
  const spentMs = 50_000;
  const error = errorOf({ ...given, maxMs: 110_000, leftMs: 59_000 }); // a round takes 64 s at least
  assert(error instanceof NoWholeRound);
  const maxMs = 900 * Number(error.about.slice(0, -1));
  const { amount } = schedule({ ...given, maxMs, leftMs: maxMs - 1_000 - spentMs });
  assert(amount.rounds < 6, `${amount.rounds}`);
});

Deno.test("scheduleRounds: where not one round fits, the time that it proposes is enough for 6, or for as many as are wanted", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 60 }),
    fc.nat(2),
    fc.constantFrom(1, 2, 4),
    fc.constantFrom(400, 2_000),
    fc.integer({ min: 0, max: 900 }),
    fc.constantFrom(2, 6, 12),
    (items, warmupRounds, threads, itemMs, spentMs, rounds) => {
      const given = { items, rounds, warmupRounds, threads, cost: { startMs: 20, itemMs, computingMs: itemMs } };
      const leftOf = (maxMs: number) => maxMs - Math.min(1_000, 0.2 * maxMs) - spentMs;
      const error = errorOf({ ...given, maxMs: 1_500, leftMs: leftOf(1_500) });
      assert(error instanceof NoWholeRound);
      assertMatch(error.message, /within 1\.5 s: one, with \d+ items? in each run, takes at least \d+ s/);
      const maxMs = 1000 * Number(error.about.slice(0, -1));
      assertEquals(schedule({ ...given, maxMs, leftMs: leftOf(maxMs) }).amount.rounds, Math.min(rounds, 6));
    },
  ));
});
