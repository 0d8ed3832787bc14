import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { phasesOf } from "../../lib/bench/phases.ts";
import { reading } from "./suite_runs.ts";

Deno.test("phasesOf: computing, waiting and blocking are all of the time that an item works, and none is negative", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(fc.property(share, share, (computes, pends) => {
    const worked = { ms: 900, cpuMs: 900 * computes, knownMs: 900, pendingMs: 900 * pends };
    const { computingMs, waitingMs, blockingMs, transferMs } = phasesOf([reading(1_000, { worked })]); // 10 items
    assertAlmostEquals(computingMs ?? NaN, 90 * computes, 1e-6);
    assertAlmostEquals(waitingMs ?? NaN, 90 * Math.min(pends, 1 - computes), 1e-6);
    assertAlmostEquals((computingMs ?? NaN) + (waitingMs ?? NaN) + (blockingMs ?? NaN), 90, 1e-6);
    assertAlmostEquals(transferMs, 10, 1e-6);
    assert([computingMs, waitingMs, blockingMs].every((ms) => (ms ?? NaN) >= -1e-6));
  }));
});

Deno.test("phasesOf: where it is unknown what computes, it is unknown what waits and what blocks", () => {
  const worked = { ms: 900, cpuMs: 0, knownMs: 0, pendingMs: 300 };
  const { computingMs, waitingMs, blockingMs } = phasesOf([reading(1_000, { worked })]);
  assertEquals([computingMs, waitingMs, blockingMs], [null, null, null]);
});

Deno.test("phasesOf: of starts and of latencies it has the median; runs that tell none do not count, and without any it is unknown", () => {
  const run = (startMs: number, sendMs: number | undefined, items = 10) =>
    reading(1_000, {
      startMs,
      items,
      latency: sendMs === undefined ? null : { sendMs, queueMs: 2 * sendMs, receiveMs: 3 * sendMs },
    });
  const { startMs, sendMs, queueMs, receiveMs } = phasesOf([
    run(10, 80),
    run(60, undefined),
    run(20, 90, 30),
    run(30, 50),
  ]);
  assertEquals([startMs, sendMs, queueMs, receiveMs], [25, 5, 10, 15]); // of 10, 30 and 10 items: 8, 3 and 5 ms
  const silent = phasesOf([run(10, undefined)]);
  assertEquals([silent.startMs, silent.sendMs, silent.queueMs, silent.receiveMs], [10, null, null, null]);
});

Deno.test("phasesOf: sending takes no less than no time, even if a thread claims to have worked for longer than the run", () => {
  const transferOf = (ms: number) =>
    phasesOf([reading(1_000, { worked: { ms, cpuMs: ms, knownMs: ms, pendingMs: 0 } })]).transferMs;
  assertAlmostEquals(transferOf(999), 0.1);
  assertEquals(transferOf(1_001), 0);
});
