import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type LoopLagFound, measureLoopLag } from "../../lib/claims/loop_lag.ts";
import { judgeLoopLag, yielding } from "../../lib/claims/yielding.ts";
import { judge } from "../../lib/claims/judge.ts";
import { place, quickLab } from "./lab.ts";

/** The verdict on lags that are the same in 12 rounds, but for 1 % of noise. */
function verdict(yieldingMs: number, blockingMs: number) {
  const rounds = (ms: number) => Array.from({ length: 12 }, (_, i) => ms * (1 + 0.01 * (i % 3)));
  return verdictOf({ yieldingMs: rounds(yieldingMs), blockingMs: rounds(blockingMs), computingMs: 10, chunkMs: 1 });
}

function verdictOf(found: LoopLagFound) {
  return judge([{ claim: yielding, finding: judgeLoopLag(found), loads: [] }], [], place)[0]?.verdict;
}

Deno.test("yielding: holds if the lag is more than twice as long without it", () => {
  assertEquals([verdict(2, 10), verdict(2, 4.2), verdict(2, 3.8), verdict(2, 2)], ["holds", "holds", "fails", "fails"]);
});

Deno.test("yielding: its evidence tells both lags and what was computed", () => {
  const found = { yieldingMs: Array(12).fill(2), blockingMs: Array(12).fill(10), computingMs: 11, chunkMs: 1 };
  const { effect, evidence } = judgeLoopLag(found);
  assertAlmostEquals(effect ?? NaN, 5);
  const { yielding, blocking, computing, chunk } = evidence.quantities;
  assertEquals([yielding, blocking, computing, chunk].map(({ value }) => value), [2, 10, 11, 1]);
  assertEquals([evidence.tasks?.value, evidence.threads, evidence.samples], [2, null, {
    yieldingMs: found.yieldingMs,
    blockingMs: found.blockingMs,
  }]);
});

Deno.test("yielding: measured, the timer beside a task that does not yield waits for its end", async () => {
  const found = await measureLoopLag(quickLab({ budgetMs: 1 }));
  assertEquals([found.yieldingMs.length, found.blockingMs.length, found.computingMs], [12, 12, 10]);
  // It starts at most 1 ms before the timer is due, and holds the thread for 10 ms.
  assert(found.blockingMs.every((ms) => ms >= 8.9), String(found.blockingMs));
  assert(found.yieldingMs.every((ms) => ms > 0), String(found.yieldingMs));
});

for (const mutant of ["awaits", "goes on"] as const) {
  Deno.test(`yielding: a yield that ${mutant} does not hold`, async () => {
    const found = await measureLoopLag(quickLab({ budgetMs: 1 }), mutant);
    assert(found.yieldingMs.every((ms) => ms >= 8.9), String(found.yieldingMs));
    assert(verdictOf(found) !== "holds", String(found.yieldingMs));
  });
}
