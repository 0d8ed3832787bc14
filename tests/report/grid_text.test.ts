import { assertEquals, assertStringIncludes } from "@std/assert";
import { gridText } from "../../lib/report/grid_text.ts";
import type { Grid } from "../../lib/model/comparison.ts";
import { compared } from "../bench/suite_runs.ts";

const style = { terminal: false, color: false, width: 80, unicode: true };
const ratios = [[1, 1.02, 0.98], [1.9, 1.95, 1.96]];
const grid: Grid = {
  threads: [1, 2],
  tasks: [1, 4, 16],
  cells: [1, 2].flatMap((threads, row) =>
    [1, 4, 16].map((tasks, column) =>
      compared({ mode: threads * tasks === 1 ? "serial" : "both", threads, tasks }, ratios[row][column])
    )
  ),
  best: { threads: 2, tasks: 16 },
  asGood: 1,
};

Deno.test("gridText: a row for each number of threads, shades from slow to fast, the best cell", () => {
  assertEquals(gridText(grid, style), [
    "THREADS        1        4       16  TASKS",
    "      1    1.00×    1.02×    0.98×",
    "      2  ██1.90×  ██1.95×  ██1.96×",
    "Best cell: 2×16, 1.96× serial's speed; 1 other cell is not shown to be slower.",
  ]);
});

Deno.test("gridText: the best cell is bold where there is colour", () => {
  assertStringIncludes(gridText(grid, { ...style, color: true })[2], "██\x1b[1m1.96×\x1b[22m");
});

Deno.test("gridText: cells that are all alike have no shade", () => {
  const alike = { ...grid, cells: grid.cells.map((cell) => ({ ...cell, ratio: 1 })), asGood: 5 };
  const [, row, , best] = gridText(alike, style);
  assertEquals(row, "      1    1.00×    1.00×    1.00×");
  assertStringIncludes(best, "5 other cells are not shown to be slower");
});

Deno.test("gridText: five shades on a logarithmic scale: each doubling of speed is as far as the next", () => {
  const tasks = [1, 2, 4, 8, 16];
  const cells = tasks.map((count) => compared({ mode: "tasks", threads: 1, tasks: count }, 2 * count));
  const line = gridText({ threads: [1], tasks, cells, best: { threads: 1, tasks: 16 }, asGood: 0 }, style)[1];
  assertEquals(line, "      1    2.00×  ░░4.00×  ▒▒8.00×  ▓▓16.0×  ██32.0×");
});

Deno.test("gridText: a cell that was not measured is blank, and its column stays", () => {
  const cells = grid.cells.filter((cell) => cell.threads !== 1 || cell.tasks !== 4);
  assertEquals(gridText({ ...grid, cells }, style)[1], "      1    1.00×             0.98×");
});

Deno.test("gridText: columns are as wide as their longest number, of threads too", () => {
  const wide = {
    ...grid,
    threads: [1, 12_345_678],
    tasks: [1, 4_000_000],
    cells: [[1, 1], [1, 4_000_000], [12_345_678, 1], [12_345_678, 4_000_000]].map(([threads, tasks]) =>
      compared({ mode: "both", threads, tasks }, threads === 1 ? 1 : 2)
    ),
  };
  assertEquals(gridText(wide, style).slice(0, 3), [
    "THREADS           1    4000000  TASKS",
    "       1      1.00×      1.00×",
    "12345678  ██  2.00×  ██  2.00×",
  ]);
});

Deno.test("gridText: the best cell may be serial, and all others slower", () => {
  const serial = { ...grid, best: { threads: 1, tasks: 1 }, asGood: 0 };
  assertEquals(gridText(serial, style).at(-1), "Best cell: 1×1, serial; every other cell is shown to be slower.");
});

Deno.test("gridText: columns that have no room go below, under titles of their own", () => {
  assertEquals(gridText(grid, { ...style, width: 30 }), [
    "THREADS        1  TASKS",
    "      1    1.00×",
    "      2  ██1.90×",
    "THREADS        4  TASKS",
    "      1    1.02×",
    "      2  ██1.95×",
    "THREADS       16  TASKS",
    "      1    0.98×",
    "      2  ██1.96×",
    "Best cell: 2×16, 1.96×",
    "  serial's speed; 1 other cell",
    "  is not shown to be slower.",
  ]);
  assertEquals(gridText(grid, { ...style, width: 41 })[0], "THREADS        1        4       16  TASKS");
  assertEquals(gridText(grid, { ...style, width: 40 })[0], "THREADS        1        4  TASKS");
});
