import type { ComparedMode, Grid } from "../model/comparison.ts";
import type { Cell, Mode } from "../model/grid.ts";
import { difference } from "../stats/verdict.ts";
import type { RatioOf } from "./advice.ts";

/** The corners, then the other cells of a sweep: a comparison needs the corners first. */
export function sweepCells(corners: readonly Cell[], usableCores: number, items: number): Cell[] {
  const maxThreads = Math.max(...corners.map(({ threads }) => threads));
  const tasks = ascending([...corners.map((cell) => cell.tasks), 4, 16].filter((count) => count <= items));
  const threads = ascending([
    ...powersBelow(maxThreads),
    maxThreads,
    ...(maxThreads <= usableCores ? [2 * maxThreads] : []),
  ]);
  const all = threads.flatMap((count) =>
    tasks.map((each) => ({ mode: modeOf(count, each), threads: count, tasks: each }))
  );
  return [...corners, ...all.filter((cell) => !corners.some((corner) => isSame(corner, cell)))];
}

/** Of a cell that is no corner, and so not serial. */
function modeOf(threads: number, tasks: number): Mode {
  if (threads === 1) return "tasks";
  return tasks === 1 ? "threads" : "both";
}

function powersBelow(limit: number): number[] {
  return Array.from({ length: Math.ceil(Math.log2(limit)) }, (_, power) => 2 ** power);
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

function isSame(a: Pick<Cell, "threads" | "tasks">, b: Pick<Cell, "threads" | "tasks">): boolean {
  return a.threads === b.threads && a.tasks === b.tasks;
}

/** Summarizes a sweep. */
export function gridOf(found: readonly ComparedMode[], ratioOf: RatioOf): Grid {
  const threads = ascending(found.map((cell) => cell.threads));
  const tasks = ascending(found.map((cell) => cell.tasks));
  const cells = threads.flatMap((row) =>
    tasks.flatMap((column) => found.find((cell) => isSame(cell, { threads: row, tasks: column })) ?? [])
  );
  const best = cells.reduce((a, b) => b.itemsPerSecond > a.itemsPerSecond ? b : a);
  const asGood = cells.filter((one) => one !== best && difference(ratioOf(one, best).interval) !== "faster").length;
  return { threads, tasks, cells, best: { threads: best.threads, tasks: best.tasks }, asGood };
}
