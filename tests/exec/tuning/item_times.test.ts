import { assertEquals } from "@std/assert";
import { ItemTimes } from "../../../lib/exec/tuning/item_times.ts";
import { Readings } from "../../../lib/exec/tuning/readings.ts";

const reading = (items: number, itemMs: number) => ({ items, ms: 10, pendingMs: items * itemMs, threads: 1 });

function readings(items: number, itemMs: number): Readings {
  const sum = new Readings(0);
  sum.add(reading(items, itemMs));
  return sum;
}

/** What is said of items that end one after another: so many, and their mean time in milliseconds. */
function jams(ends: readonly (readonly [items: number, itemMs: number, busy?: boolean])[], times = new ItemTimes()) {
  return ends.map(([items, itemMs, busy = false], at) => {
    times.add(reading(items, itemMs));
    return times.takeJam(at, busy);
  });
}

Deno.test("item times: items jam if they take four times as long as the quickest before them", () => {
  assertEquals(jams([[8, 10], [8, 39], [8, 41]]), [undefined, undefined, 41]);
  assertEquals(jams([[8, 30], [8, 10], [8, 30], [8, 40]]), [undefined, undefined, undefined, 40]);
});

Deno.test("item times: fewer than eight items say nothing yet, and are taken together with the next ones", () => {
  assertEquals(jams([[8, 10], [7, 70], [1, 70], [7, 70]]), [undefined, undefined, 70, undefined]);
});

Deno.test("item times: while threads are busy items say nothing, neither as slow nor as quick ones", () => {
  assertEquals(jams([[8, 10], [8, 90, true], [8, 20]]), [undefined, undefined, undefined]);
  assertEquals(jams([[8, 1, true], [8, 10]]), [undefined, undefined]);
});

Deno.test("item times: once a generation has been measured, nothing jams: it is compared with that", () => {
  const times = new ItemTimes();
  times.addGeneration(readings(8, 10), false);
  assertEquals(jams([[8, 90]], times), [undefined]);
});

Deno.test("item times: items are crowded if they take two and a half times as long as the quickest generation", () => {
  const times = new ItemTimes();
  times.addGeneration(readings(8, 10), false);
  times.addGeneration(readings(8, 20), false);
  assertEquals([24, 25, 26].map((ms) => times.isCrowded(readings(1, ms))), [false, false, true]);
  assertEquals(times.fitting(40), 0.25);
  times.addGeneration(readings(7, 1), false);
  assertEquals(times.fitting(40), 0.25, "too few to say so");
  times.addGeneration(readings(8, 20), true);
  assertEquals(times.fitting(40), 0.5, "narrower, the first generation is the measure");
});

Deno.test("item times: what is forgotten is no measure", () => {
  const times = new ItemTimes();
  times.addGeneration(readings(8, 10), false);
  times.forget();
  assertEquals(times.isCrowded(readings(8, 1_000)), false);
});
