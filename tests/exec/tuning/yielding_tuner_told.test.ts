import { assertEquals } from "@std/assert";
import { YieldingTuner } from "../../../lib/exec/tuning/yielding_tuner.ts";
import { toldTuner } from "./told_tuner.ts";

const reading = (items: number, failed = 0) => ({ items, failed, ms: 10, pendingMs: 10, threads: 1, full: true });

Deno.test("yielding, told: slots hear of no width while the other tuner keeps its own and nothing fails", () => {
  const heard: string[] = [];
  const tuner = new YieldingTuner(toldTuner({
    width: { threads: 2, tasks: 16 },
    observe: () => void heard.push("observe"),
    interrupt: () => void heard.push("interrupt"),
  }));
  assertEquals([tuner.observe(reading(32), 0), heard], [undefined, ["observe"]]);
});

Deno.test("yielding, told: a failure that costs no place is told all the same: slots took its place back themselves", () => {
  const width = { threads: 2, tasks: 256 };
  const tuner = new YieldingTuner(toldTuner({ width }));
  assertEquals(tuner.observe(reading(512, 1), 0), width);
});

Deno.test("yielding, told: places that do not divide by the threads are rounded down", () => {
  const tuner = new YieldingTuner(toldTuner({ width: { threads: 2, tasks: 16 } }));
  assertEquals(tuner.observe(reading(32, 11), 0), { threads: 2, tasks: 10 }); // 21 places
});
