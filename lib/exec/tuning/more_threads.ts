import { type Bounds, maxTasks, placesOf, withMoreThreads } from "./bounds.ts";
import type { Width } from "./slot_reading.ts";

/** Threads that compute more than this share of their time want company. */
export const busy = 0.8;

/**
 * Where there may be no more places, threads whose tasks all run want company if they compute more than this share of their time.
 * They are not busy because items that start together end together: the thread waits for all of them, then computes for all.
 */
const partlyBusy = 0.3;

/** A width, and what was measured there. */
export interface Measured {
  readonly width: Width;
  readonly bounds: Bounds;
  /** All places were taken, and other items could have started. */
  readonly full: boolean;
  /** Which share of their time threads computed. */
  readonly computing: number;
}

/** Whether it is worth trying more threads. As long as there may be more tasks in each, waiting is no reason for it. */
export function mayGainThreads({ width, bounds, full, computing }: Measured): boolean {
  if (computing >= busy) return true;
  if (!full || width.tasks < maxTasks(bounds, width.threads)) return false;
  return computing >= partlyBusy || placesOf(withMoreThreads(width, bounds)) > placesOf(width);
}
