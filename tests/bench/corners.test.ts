import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { corners } from "../../lib/bench/corners.ts";

Deno.test("corners: tasks are those of all threads together, so each thread of `both` has its part of them, rounded up", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 64 }), fc.integer({ min: 1, max: 500 }), (threads, tasks) => {
    const [serial, inTasks, inThreads, both] = corners(threads, tasks).map((cell) => [cell.threads, cell.tasks]);
    assertEquals([serial, inTasks, inThreads], [[1, 1], [1, tasks], [threads, 1]]);
    const [ofBoth, each] = both;
    assertEquals([ofBoth, each >= 1], [threads, true]);
    assertEquals([threads * each >= tasks, threads * (each - 1) < tasks], [true, true]);
  }));
});
