import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { corners, fewModes } from "../../lib/bench/corners.ts";

Deno.test("corners: tasks are those of all threads together, so each thread of `both` has its part of them, rounded up", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 500 }), (threads, tasks) => {
    const [serial, inTasks, inThreads, both] = corners(threads, tasks).map((cell) => [cell.threads, cell.tasks]);
    assertEquals([serial, inTasks, inThreads], [[1, 1], [1, tasks], [threads, 1]]);
    const [ofBoth, each] = both;
    assertEquals([ofBoth, each >= 1], [threads, true]);
    assertEquals([threads * each >= tasks, threads * (each - 1) < tasks], [true, true]);
  }));
});

Deno.test("fewModes: serial and what suits the items; tasks alone where they wait; both where nobody knows", () => {
  const modesFor = (computingMs: number | undefined) => fewModes({ startMs: 20, itemMs: 10, computingMs, items: 9 });
  assertEquals([9.5, 9, 5, 1, 0.9, undefined].map(modesFor), [
    ["serial", "threads"],
    ["serial", "both"],
    ["serial", "both"],
    ["serial", "both"],
    ["tasks"],
    ["serial", "both"],
  ]);
});
