import { assertEquals } from "@std/assert";
import { Readings } from "../../../lib/exec/tuning/readings.ts";
import type { SlotReading } from "../../../lib/exec/tuning/slot_reading.ts";

const reading = (more: Partial<SlotReading>): SlotReading => ({ items: 1, ms: 10, pendingMs: 5, threads: 1, ...more });

function sum(...readings: readonly Partial<SlotReading>[]): Readings {
  const all = new Readings(100);
  for (const more of readings) all.add(reading(more));
  return all;
}

Deno.test("readings: time of an item", () => {
  assertEquals(sum({ items: 2, pendingMs: 6 }, { items: 1, pendingMs: 3 }).itemMs, 3);
  assertEquals(sum({ items: 2, pendingMs: 0 }).itemMs, 5);
});

Deno.test("readings: failures are no speed", () => {
  assertEquals(sum({ items: 6, failed: 2 }).speed(102), 2);
});

Deno.test("readings: slots are full if most reports say so", () => {
  assertEquals(sum({ full: true }, { full: true }, { full: false }).full, true);
  assertEquals(sum({ full: true }, {}, {}).full, false);
  assertEquals(sum({}, {}).full, false);
});
