import { assertEquals } from "@std/assert";
import { Readings } from "../../../lib/exec/tuning/readings.ts";
import type { SlotReading } from "../../../lib/exec/tuning/slot_reading.ts";

const reading = (more: Partial<SlotReading>): SlotReading => ({ items: 1, ms: 10, pendingMs: 5, threads: 1, ...more });

function sum(...readings: readonly Partial<SlotReading>[]): Readings {
  const all = new Readings(100);
  for (const more of readings) all.add(reading(more));
  return all;
}

Deno.test("readings: the share of computing, as far as it is known", () => {
  assertEquals(sum({ cpuMs: 5 }, { cpuMs: 10 }, {}).computing, 0.75); // the last one has no CPU time
  assertEquals(sum({}).computing, undefined);
  assertEquals(sum({ pendingMs: 0 }).computing, 1); // without promises nothing waits
  assertEquals(sum({ pendingMs: 0, items: 0 }).computing, undefined);
});

Deno.test("readings: time and CPU time of an item", () => {
  assertEquals(sum({ items: 2, pendingMs: 6 }, { items: 1, pendingMs: 3 }).itemMs, 3);
  assertEquals(sum({ items: 2, pendingMs: 0 }).itemMs, 5);
  assertEquals(sum({ items: 2, cpuMs: 4 }).cpuMs, 2);
  assertEquals(sum({ items: 2 }).cpuMs, undefined);
});

Deno.test("readings: failures are no speed", () => {
  assertEquals(sum({ items: 6, failed: 2 }).speed(102), 2);
});

Deno.test("readings: slots are full if most reports say so", () => {
  assertEquals(sum({ full: true }, { full: true }, { full: false }).full, true);
  assertEquals(sum({ full: true }, {}, {}).full, false);
  assertEquals(sum({}, {}).full, false);
});
