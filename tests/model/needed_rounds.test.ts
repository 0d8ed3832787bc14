import { assertEquals } from "@std/assert";
import { compareOptions } from "../../lib/cli/compare/command.ts";
import { maxRounds, neededRounds } from "../../lib/model/needed_rounds.ts";

const run = { rounds: 12, elapsedMs: 24_000, margin: 0.02 };
const reason = { kind: "no-difference" } as const;

Deno.test("neededRounds: a plain number, and the time of so many rounds", () => {
  // 1.43 times the half of 0.0488 in the distance of 0.0290: 69.3 rounds
  assertEquals(neededRounds({ ratio: 1.05, interval: [1, 1.1], reason }, run), { rounds: 80, ms: 160_000 });
  assertEquals(neededRounds({ ratio: 1.08, interval: [1.01, 1.15], reason }, run), { rounds: 40, ms: 80_000 });
});

Deno.test("neededRounds: no more rounds where the interval shows it, and something else is in doubt", () => {
  const found = { ratio: 2, interval: [1.9, 2.1], reason: { kind: "control-failed" } } as const;
  assertEquals(neededRounds(found, { ...run, rounds: 7 }), { rounds: 7, ms: 24_000 });
});

Deno.test("neededRounds: without an interval, twice as many as one needs, however few there were", () => {
  const found = { ratio: 2, interval: null, reason: { kind: "too-few-rounds", rounds: 2, needed: 6 } } as const;
  assertEquals(neededRounds(found, { ...run, rounds: 2 }), { rounds: 12, ms: 144_000 });
});

Deno.test("neededRounds: none beyond what --rounds takes, beyond an hour, or on the margin itself", () => {
  assertEquals(compareOptions.rounds.shape, { type: "integer", min: 1, max: maxRounds });
  const close = { ratio: 1.026, interval: [0.99, 1.07], reason } as const; // needs 600 to 1000 rounds
  assertEquals(neededRounds(close, { ...run, elapsedMs: 12 * 3_600 })?.rounds, 1000);
  assertEquals(neededRounds(close, { ...run, elapsedMs: 12 * 3_601 }), undefined);
  assertEquals(neededRounds({ ...close, ratio: 1.025 }, { ...run, elapsedMs: 12 }), undefined);
  assertEquals(neededRounds({ ...close, ratio: 1.02 }, { ...run, elapsedMs: 12 }), undefined);
});
