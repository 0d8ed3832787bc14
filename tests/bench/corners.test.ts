import { assertEquals } from "@std/assert";
import { corners, fewModes } from "../../lib/bench/corners.ts";

Deno.test("corners: tasks are those of all threads together", () => {
  const widths = (threads: number, tasks: number) => corners(threads, tasks).map((cell) => [cell.threads, cell.tasks]);
  assertEquals(widths(2, 8), [[1, 1], [1, 8], [2, 1], [2, 4]]);
  assertEquals(widths(4, 2), [[1, 1], [1, 2], [4, 1], [4, 1]]);
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
