import type { Width } from "./slot_reading.ts";

/** What a tuner may choose from. */
export interface Bounds {
  readonly threads: readonly [min: number, max: number];
  readonly tasks: readonly [min: number, max: number];
  /** Maximum items at once in all threads together. */
  readonly places?: number;
}

/** How many items a run of this width runs at once. */
export function placesOf({ threads, tasks }: Width): number {
  return threads * tasks;
}

/** The most tasks in each of so many threads. */
export function maxTasks({ tasks: [min, max], places = Infinity }: Bounds, threads: number): number {
  return Math.max(min, Math.min(max, Math.floor(places / threads)));
}

/** Twice as many tasks in each thread, as far as there may be. */
export function withMoreTasks({ threads, tasks }: Width, bounds: Bounds): Width {
  return { threads, tasks: Math.min(maxTasks(bounds, threads), 2 * tasks) };
}

/** Twice as many threads, as far as there may be. */
export function withMoreThreads({ threads, tasks }: Width, bounds: Bounds): Width {
  const more = Math.min(bounds.threads[1], 2 * threads);
  return { threads: more, tasks: Math.min(tasks, maxTasks(bounds, more)) };
}
