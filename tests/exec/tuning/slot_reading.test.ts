import { assertEquals } from "@std/assert";
import { readingOf } from "../../../lib/exec/tuning/slot_reading.ts";
import type { FromSlot } from "../../../lib/exec/wire/protocol.ts";

const basic = {
  ms: 20,
  pendingMs: 15,
  cpuMs: 5,
  failed: 1,
  full: true,
  itemMs: [7, 8],
  inexact: { items: 1, line: 4 as never },
};
const phases = { sentMs: 1, queuedMs: 2, heldMs: 3, leftAt: 1_000 };
const measured = { lagMs: [1], heapBytes: 9, processCpuMs: 6, processRssBytes: 8 };
const message: FromSlot & { kind: "results" } = { kind: "results", stretches: [], ...basic, ...measured, phases };
const context = { items: 2, slot: 1, threads: 4 };

Deno.test("slot reading: what a slot has measured, and how long its message took for each item", () => {
  const { leftAt: _, ...others } = phases;
  assertEquals(readingOf(message, { ...context, receivedAt: 1_005 }), {
    ...basic,
    ...measured,
    ...context,
    phases: { ...others, receiveMs: 10 },
  });
  const ahead = readingOf(message, { ...context, receivedAt: 999.9 });
  assertEquals(ahead.phases?.receiveMs, 0, "the slot's clock is a little ahead");
});

Deno.test("slot reading: without phases, only what each run measures", () => {
  const expected = { ...basic, ...context };
  assertEquals(readingOf({ ...message, phases: undefined }, { ...context, receivedAt: 1_005 }), expected);
  assertEquals(readingOf(message, { ...context, receivedAt: undefined }), expected);
});
