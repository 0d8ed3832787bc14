import { assertEquals, assertStringIncludes } from "@std/assert";
import { roundProgress, scheduleText } from "../../lib/report/round_schedule_text.ts";

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

Deno.test("scheduleText: how often an item runs, and what the time leaves room for", () => {
  assertEquals(
    scheduleText(schedule),
    "Each of 200 items runs 60 times (12 rounds of 5 runs), up to 20 once more in each run to warm up; 31 ran once to calibrate.\n",
  );
  assertStringIncludes(
    scheduleText({ ...schedule, items: 50, rounds: 8 }),
    "30.0 s are enough for 50 of 200 items, drawn by the seed, and 8 of 12 rounds; for more: --max-time.",
  );
  assertStringIncludes(
    scheduleText({ ...schedule, rounds: 8 }),
    "are enough for all items, and 8 of 12 rounds; for more: --max-time.",
  );
});

Deno.test("scheduleText: several passes, and rounds to warm up", () => {
  assertStringIncludes(
    scheduleText({ ...schedule, passes: 4, warmupRounds: 2 }),
    "Each of 200 items runs 280 times (12 rounds and 2 to warm up of 5 runs, 4 times in each)",
  );
});

Deno.test("scheduleText: once each", () => {
  assertEquals(
    scheduleText({ ...schedule, items: 20, itemsGiven: 9000, once: 1500, rounds: 10 }),
    "The first 1,531 of 9,000 items run once each: 20 in each of 10 rounds of 5 runs, the others to warm up and to calibrate.\n" +
      "Time and items are enough for 10 of 12 rounds.\n",
  );
});

Deno.test("roundProgress: where it is", () => {
  assertEquals(roundProgress(6, schedule), { what: "round 2/12", share: 6 / 60 });
  assertEquals(roundProgress(5, { ...schedule, warmupRounds: 1 }), { what: "warm-up", share: 5 / 65 });
  assertEquals(roundProgress(0, schedule), { what: "round 1/12", share: 0 });
});
