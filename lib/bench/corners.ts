import type { Cell } from "../model/grid.ts";

/** The cells that stand for the four modes: `threads` threads, and `tasks` tasks in all threads together. */
export function corners(threads: number, tasks: number): readonly Cell[] {
  return [
    { mode: "serial", threads: 1, tasks: 1 },
    { mode: "tasks", threads: 1, tasks },
    { mode: "threads", threads, tasks: 1 },
    { mode: "both", threads, tasks: Math.ceil(tasks / threads) },
  ];
}
