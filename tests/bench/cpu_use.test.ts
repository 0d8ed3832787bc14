import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { coresOfOthers, isContended, readCpu } from "../../lib/bench/cpu_use.ts";
import { systemClock } from "../../lib/clock.ts";

const start = { atMs: 100, busyMs: 5_000, ownMs: 1_000 };

Deno.test("coresOfOthers: what was busy and not ours, in cores", () => {
  assertAlmostEquals(coresOfOthers(start, { atMs: 1_100, busyMs: 6_500, ownMs: 2_000 }), 0.5);
  assertEquals(coresOfOthers(start, { atMs: 1_100, busyMs: 6_000, ownMs: 2_010 }), 0); // the clocks are coarse
  assertEquals(coresOfOthers(start, start), 0);
});

Deno.test("isContended: more than a tenth of what is needed is missing", () => {
  const two = { cores: 2, usableCores: 2 };
  assertEquals([0.1, 0.3].map((others) => isContended(2, others, two)), [false, true]);
  assertEquals([0.9, 1.2].map((others) => isContended(1, others, two)), [false, true]);
  assertEquals(isContended(2, 5, { cores: 8, usableCores: 8 }), false);
  assertEquals([isContended(4, 0, two), isContended(0, 2.1, two)], [false, false]);
});

Deno.test("readCpu: clocks that never go back", () => {
  const first = readCpu(systemClock);
  const second = readCpu(systemClock);
  assert(second.atMs >= first.atMs && second.busyMs >= first.busyMs && second.ownMs >= first.ownMs);
  assert(first.ownMs > 0);
});
