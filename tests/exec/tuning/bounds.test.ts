import { assertEquals } from "@std/assert";
import { maxTasks, placesOf, withMoreTasks, withMoreThreads } from "../../../lib/exec/tuning/bounds.ts";

const bounds = { threads: [1, 4], tasks: [2, 64], places: 100 } as const;

Deno.test("bounds: tasks double up to their most, and so that all threads together have no more places than there are", () => {
  assertEquals(withMoreTasks({ threads: 1, tasks: 16 }, bounds), { threads: 1, tasks: 32 });
  assertEquals(withMoreTasks({ threads: 1, tasks: 48 }, bounds), { threads: 1, tasks: 64 });
  assertEquals(withMoreTasks({ threads: 3, tasks: 32 }, bounds), { threads: 3, tasks: 33 });
});

Deno.test("bounds: threads double up to their most, and take places from the tasks of each if need be", () => {
  assertEquals(withMoreThreads({ threads: 1, tasks: 8 }, bounds), { threads: 2, tasks: 8 });
  assertEquals(withMoreThreads({ threads: 3, tasks: 8 }, bounds), { threads: 4, tasks: 8 });
  assertEquals(withMoreThreads({ threads: 2, tasks: 50 }, bounds), { threads: 4, tasks: 25 });
});

Deno.test("bounds: the least of tasks is kept, however few places there are; without a bound there are enough", () => {
  assertEquals(maxTasks({ ...bounds, places: 3 }, 2), 2);
  assertEquals(maxTasks({ ...bounds, places: undefined }, 4), 64);
  assertEquals(placesOf({ threads: 3, tasks: 7 }), 21);
});
