import { assert, assertEquals } from "@std/assert";
import { corners } from "../../lib/bench/corners.ts";
import { gridOf, sweepCells } from "../../lib/bench/sweep.ts";
import type { Cell } from "../../lib/model/grid.ts";
import { compared } from "./suite_runs.ts";

Deno.test("sweepCells: the corners first, then the rest of a full grid, and more threads than cores", () => {
  const modes = corners(2, 32);
  const swept = sweepCells(modes, 2, 1000);
  assertEquals(swept.slice(0, 4), modes);
  assertEquals([...new Set(swept.map(({ threads }) => threads))].toSorted((a, b) => a - b), [1, 2, 4]);
  assertEquals([...new Set(swept.map(({ tasks }) => tasks))].toSorted((a, b) => a - b), [1, 4, 16, 32]);
  assertEquals(swept.length, 12);
  assertEquals(new Set(swept.map(({ threads, tasks }) => `${threads}x${tasks}`)).size, 12);
  assert(swept.every(({ mode, threads, tasks }) => mode === modeOf(threads, tasks)));
});

Deno.test("sweepCells: powers of 2 below the most threads, and twice as many only if each of the most has a core", () => {
  const threadsOf = (most: number, cores: number) =>
    [...new Set(sweepCells(corners(most, 4), cores, 1000).map(({ threads }) => threads))].toSorted((a, b) => a - b);
  assertEquals(threadsOf(3, 2), [1, 2, 3]);
  assertEquals(threadsOf(4, 4), [1, 2, 4, 8]);
  assertEquals(threadsOf(4, 3), [1, 2, 4]);
});

Deno.test("sweepCells: no more tasks than items, except those that were asked for", () => {
  const columns = (items: number) => new Set(sweepCells(corners(2, 2), 2, items).map(({ tasks }) => tasks));
  assertEquals([columns(16).has(16), columns(15).has(16)], [true, false]);
  assertEquals(Math.max(...sweepCells(corners(2, 2), 2, 3).map(({ tasks }) => tasks)), 2);
  assertEquals(Math.max(...sweepCells(corners(8, 2), 2, 3).map(({ threads }) => threads)), 8);
});

Deno.test("gridOf: rows and columns, the best cell, and how many are as good", () => {
  const swept = sweepCells(corners(2, 4), 2, 100);
  const speed = ({ threads, tasks }: Pick<Cell, "threads" | "tasks">) => Math.min(threads, 2) * (tasks > 1 ? 1.01 : 1);
  const rated = swept.map((cell) =>
    compared(cell, speed(cell), { itemsPerSecond: 100 * speed(cell) + cell.tasks / 100 })
  );
  const ratioOf = (a: Cell, b: Cell) => {
    const ratio = speed(b) / speed(a);
    return { ratio, interval: { kind: "interval", low: ratio * 0.99, high: ratio * 1.01, level: 0.95 } as const };
  };
  const { threads, tasks, cells, best, asGood } = gridOf(rated, ratioOf);
  assertEquals([threads, tasks], [[1, 2, 4], [1, 2, 4, 16]]);
  assertEquals(cells.map((cell) => cell.tasks), [1, 2, 4, 16, 1, 2, 4, 16, 1, 2, 4, 16]);
  assertEquals(best, { threads: 2, tasks: 16 });
  assertEquals(asGood, 7); // all with 2 and 4 threads
});

function modeOf(threads: number, tasks: number) {
  return threads === 1 ? tasks === 1 ? "serial" : "tasks" : tasks === 1 ? "threads" : "both";
}
