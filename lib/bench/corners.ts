import type { Cell, Mode } from "../model/grid.ts";
import type { Calibration } from "./calibrate.ts";

/** The cells that stand for the four modes: `threads` threads, and `tasks` tasks in all threads together. */
export function corners(threads: number, tasks: number): readonly Cell[] {
  return [
    { mode: "serial", threads: 1, tasks: 1 },
    { mode: "tasks", threads: 1, tasks },
    { mode: "threads", threads, tasks: 1 },
    { mode: "both", threads, tasks: Math.ceil(tasks / threads) },
  ];
}

/** An item that spends less than this share of its time on something does hardly anything of it. */
const minShare = 0.1;

/**
 * The modes in which two jobs are compared unless somebody names others: serial, which shows what an item costs, and the mode
 * that suits items like these. Four modes would leave half as long a run to each. Where items do hardly anything but wait, serial
 * is left out: it would take nearly all of the time, and tasks show the same waiting.
 */
export function fewModes({ itemMs, computingMs }: Calibration): readonly Mode[] {
  if (computingMs === undefined) return ["serial", "both"];
  const computing = computingMs / itemMs;
  if (computing < minShare) return ["tasks"];
  return ["serial", computing > 1 - minShare ? "threads" : "both"];
}
