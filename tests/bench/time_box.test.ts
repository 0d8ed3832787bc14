import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { limitFor, openTimeBox, timeUpIn } from "../../lib/bench/time_box.ts";
import { NoWholeRound } from "../../lib/errors.ts";
import { type VirtualClock, virtualClock } from "../virtual_clock.ts";

/** A box of `maxMs` from `startMs` on, opened at `now`. */
async function openAt(now: number, startMs: number, maxMs: number, stop = new AbortController().signal) {
  const clock: VirtualClock = virtualClock();
  await clock.wait(now).done;
  return { clock, box: openTimeBox(clock, startMs, maxMs, stop) };
}

Deno.test("time box: the deadline leaves a fifth of the time for what runs then to end, and a second at most", async () => {
  assertEquals((await openAt(0, 0, 30_000)).box.deadline, 29_000);
  assertEquals((await openAt(200, 100, 1_000)).box.deadline, 900);
});

Deno.test("time box: its signal aborts at the deadline, and says which limit was up", async () => {
  const { clock, box } = await openAt(200, 100, 1_000);
  assertEquals([box.leftMs(), box.signal.aborted], [700, false]);
  await new Promise<void>((resolve) => box.signal.onabort = () => resolve());
  assertEquals([clock.now(), box.leftMs()], [900, 0]);
  assert(box.signal.reason instanceof NoWholeRound);
  assertEquals(box.signal.reason.maxMs, 1_000);
});

Deno.test("time box: opened after its deadline, it has no time left and aborts at once", async () => {
  const { clock, box } = await openAt(5_000, 0, 1_000);
  assertEquals(box.leftMs(), 0);
  await new Promise<void>((resolve) => box.signal.onabort = () => resolve());
  assertEquals(clock.now(), 5_000);
});

Deno.test("time box: the caller's signal aborts it with its own reason; disposed, it leaves no wait", async () => {
  const stop = new AbortController();
  const { clock, box } = await openAt(0, 0, 1_000, stop.signal);
  stop.abort("enough");
  assertEquals([box.signal.aborted, box.signal.reason], [true, "enough"]);
  assertEquals(clock.open(), 1);
  box[Symbol.dispose]();
  assertEquals(clock.open(), 0);
});

Deno.test("limitFor: in a box of this limit the work is just over by the deadline", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }), (workMs) => {
    const limitMs = limitFor(workMs);
    using box = openTimeBox(virtualClock(), 0, limitMs, new AbortController().signal);
    assertAlmostEquals(box.deadline, workMs, 1e-6);
  }));
});

Deno.test("timeUpIn: what took the time is named if it was up, and no other reason is changed", () => {
  const error = timeUpIn(new NoWholeRound(2_000), { kind: "calibrating" });
  assert(error instanceof NoWholeRound);
  assertEquals(error.message, "no round is over within 2 s: the first items take longer than that");
  const other = new Error("enough");
  assertEquals(timeUpIn(other, { kind: "calibrating" }), other);
});
