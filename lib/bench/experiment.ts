import type { Cell } from "../model/grid.ts";

/** Work to be measured over the grid: a built-in job and its items. */
export interface Experiment {
  readonly id: "cpu" | "waiting" | "mixed" | "control";
  /** What the work is like, for the reader. */
  readonly about: string;
  readonly job: string;
  readonly items: readonly unknown[];
}

/** The three kinds of work. The amounts make a serial run take 0.2 to 0.3 s on a machine of 2024. */
export const experiments: readonly Experiment[] = [
  { id: "cpu", about: "computes", job: "primes", items: repeat(40, 90_000) },
  { id: "waiting", about: "waits", job: "sleep", items: repeat(48, 4) },
  { id: "mixed", about: "waits, then computes", job: "mixed", items: repeat(40, { waitMs: 4, limit: 60_000 }) },
];

function repeat<T>(count: number, item: T): readonly T[] {
  return Array.from({ length: count }, () => item);
}

/** The cells that stand for the four modes: `threads` threads, and `tasks` tasks in all threads together. */
export function corners(threads: number, tasks: number): readonly Cell[] {
  return [
    { mode: "serial", threads: 1, tasks: 1 },
    { mode: "tasks", threads: 1, tasks },
    { mode: "threads", threads, tasks: 1 },
    { mode: "both", threads, tasks: Math.max(1, Math.ceil(tasks / threads)) },
  ];
}
