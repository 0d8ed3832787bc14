import { assertEquals, assertStringIncludes } from "@std/assert";
import { roundProgress, scheduleLines } from "../../lib/report/round_schedule_text.ts";

const schedule = {
  items: 200,
  itemsGiven: 200,
  passes: 1,
  rounds: 12,
  roundsWanted: 12,
  warmupRounds: 0,
  runsPerRound: 5,
  warmup: 20,
  calibrated: 31,
  maxMs: 30_000,
  once: undefined,
};

Deno.test("scheduleLines: how often an item runs, and what the time leaves room for", () => {
  assertEquals(scheduleLines(schedule), [
    "Each of 200 items runs 60 times (12 rounds of 5 runs), up to 20 once more in each run to warm up; 31 ran once to calibrate.",
  ]);
  assertStringIncludes(
    scheduleLines({ ...schedule, items: 50, rounds: 8 }).join("\n"),
    "30.0 s are enough for 50 of 200 items, drawn by the seed, and 8 of 12 rounds; for more: --max-time.",
  );
  assertStringIncludes(
    scheduleLines({ ...schedule, rounds: 8 }).join("\n"),
    "are enough for all items, and 8 of 12 rounds; for more: --max-time.",
  );
});

Deno.test("scheduleLines: several passes, and rounds to warm up", () => {
  assertStringIncludes(
    scheduleLines({ ...schedule, passes: 4, warmupRounds: 2 }).join("\n"),
    "Each of 200 items runs 280 times (12 rounds and 2 to warm up of 5 runs, 4 times in each)",
  );
});

Deno.test("scheduleLines: once each", () => {
  assertEquals(
    scheduleLines({ ...schedule, items: 20, itemsGiven: 9000, once: 1500, rounds: 10 }),
    [
      "The first 1,531 of 9,000 items run once each: 20 in each of 10 rounds of 5 runs, the others to warm up and to calibrate.",
      "Time and items are enough for 10 of 12 rounds.",
    ],
  );
});

Deno.test("roundProgress: where it is", () => {
  assertEquals(roundProgress(6, schedule), { what: "round 2/12", share: 6 / 60 });
  assertEquals(roundProgress(5, { ...schedule, warmupRounds: 1 }), { what: "warm-up", share: 5 / 65 });
  assertEquals(roundProgress(0, schedule), { what: "round 1/12", share: 0 });
});

Deno.test("scheduleLines: one item, and one that runs once more to warm up", () => {
  assertEquals(
    scheduleLines({ ...schedule, items: 1, itemsGiven: 1, warmup: 1, calibrated: 1 }),
    ["The item runs 60 times (12 rounds of 5 runs), the first one once more in each run to warm up; 1 ran once to calibrate."],
  );
});

Deno.test("scheduleLines: fewer items than were given, or fewer rounds, and only that, is said below", () => {
  const below = (rest: Partial<typeof schedule>) => scheduleLines({ ...schedule, ...rest }).slice(1);
  assertEquals(below({}), []);
  assertEquals(below({ items: 199 }), [
    "30.0 s are enough for 199 of 200 items, drawn by the seed; for more: --max-time.",
  ]);
  assertEquals(below({ rounds: 1 }), [
    "30.0 s are enough for all items, and 1 of 12 rounds; for more: --max-time.",
  ]);
  const once = { ...schedule, items: 20, itemsGiven: 9000, once: 1500 };
  assertEquals(scheduleLines(once).length, 1);
});

Deno.test("roundProgress: the last run is in the last round, also after rounds to warm up", () => {
  assertEquals(roundProgress(60, schedule), { what: "round 12/12", share: 1 });
  const warm = { ...schedule, warmupRounds: 2 };
  assertEquals([10, 11, 70].map((run) => roundProgress(run, warm).what), ["warm-up", "round 1/12", "round 12/12"]);
});
