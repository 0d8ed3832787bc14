import { assertEquals } from "@std/assert";
import type { Width } from "../../../lib/exec/tuning/slot_reading.ts";
import { YieldingTuner } from "../../../lib/exec/tuning/yielding_tuner.ts";
import { toldTuner } from "./told_tuner.ts";

/** A tuner over one that always wants this width; what that one hears is noted. */
function yielding(width: Width, told: Parameters<typeof toldTuner>[0] = {}) {
  const heard: string[] = [];
  const inner = toldTuner({
    width,
    reportMs: 50,
    observe: (_, now) => (heard.push(`observe ${now}`), undefined),
    interrupt: (now) => void heard.push(`interrupt ${now}`),
    ...told,
  });
  const tuner = new YieldingTuner(inner);
  const observe = (now: number, items: number, failed = 0) =>
    tuner.observe({ items, failed, ms: 10, pendingMs: 10, threads: 1, full: true }, now);
  return { tuner, heard, observe };
}

Deno.test("yielding: where nothing fails the other tuner decides and says the rest", () => {
  const finding = { itemMs: 7 };
  const told = { finding, settled: true, listens: true, observe: () => ({ threads: 2, tasks: 8 }) };
  const { tuner, observe } = yielding({ threads: 2, tasks: 8 }, told);
  assertEquals([tuner.width, tuner.finding, tuner.settled], [{ threads: 2, tasks: 8 }, finding, true]);
  assertEquals([tuner.listens, tuner.reportMs, tuner.yields], [true, 50, true]);
  assertEquals(observe(0, 16), { threads: 2, tasks: 8 });
  assertEquals(yielding({ threads: 1, tasks: 1 }).tuner.settled, false);
});

Deno.test("yielding: what else it is told goes to the other tuner", () => {
  const { tuner, heard } = yielding({ threads: 1, tasks: 1 }, { tick: (now) => ({ threads: now, tasks: 1 }) });
  tuner.interrupt(7);
  assertEquals([heard, tuner.tick(2)], [["interrupt 7"], { threads: 1, tasks: 1 }]); // the width that it has then
  assertEquals(yielding({ threads: 1, tasks: 1 }).tuner.tick(2), undefined);
});

Deno.test("yielding: as long as failures are counted the other tuner hears nothing, and slots report often", () => {
  const { tuner, heard, observe } = yielding({ threads: 1, tasks: 32 });
  assertEquals([observe(10, 8, 8), tuner.width, heard], [undefined, { threads: 1, tasks: 32 }, []]);
  assertEquals(tuner.reportMs, 10);
});

Deno.test("yielding: the run keeps the places whose items did not fail, until they come back", () => {
  const { tuner, heard, observe } = yielding({ threads: 2, tasks: 16 });
  assertEquals(observe(10, 32, 12), { threads: 2, tasks: 10 });
  assertEquals([tuner.width, tuner.settled, tuner.reportMs], [{ threads: 2, tasks: 10 }, true, 10]);
  for (let now = 20; now < 10_000; now += 10) observe(now, 32);
  assertEquals([tuner.width, tuner.reportMs], [{ threads: 2, tasks: 16 }, 10]);
  assertEquals(heard.slice(0, 2).map((entry) => entry.split(" ")[0]), ["interrupt", "observe"]);
  assertEquals(heard.filter((entry) => entry.startsWith("interrupt")).length, 1);
});

Deno.test("yielding: fewer places than threads leave threads out", () => {
  assertEquals(yielding({ threads: 8, tasks: 1 }).observe(0, 8, 8), { threads: 1, tasks: 1 });
  assertEquals(yielding({ threads: 8, tasks: 1 }).observe(0, 8, 5), { threads: 3, tasks: 1 });
  assertEquals(yielding({ threads: 4, tasks: 8 }).observe(0, 32, 28), { threads: 4, tasks: 1 });
});

Deno.test("yielding: failures that no width helps against take no places away", () => {
  const { tuner, observe } = yielding({ threads: 1, tasks: 16 });
  for (let now = 0; now < 2_000; now += 10) observe(now, 100, 20);
  assertEquals([tuner.yields, tuner.width, tuner.settled], [false, { threads: 1, tasks: 16 }, false]);
});
