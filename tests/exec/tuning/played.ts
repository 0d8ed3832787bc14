import type { SlotReading, Width } from "../../../lib/exec/tuning/slot_reading.ts";
import type { Tuner } from "../../../lib/exec/tuning/tuner.ts";

/** What slots report of 10 ms at a width. */
export type Model = (width: Width, now: number) => Partial<SlotReading>;

/** Tells a tuner every 10 ms, up to `until`, what a model says. Returns the widths that it chose, and when. */
export function played(tuner: Tuner, model: Model, until: number, from = 1_000): string[] {
  const chosen: string[] = [];
  for (let now = from; now < until; now += 10) {
    const { threads } = tuner.width;
    const more = model(tuner.width, now);
    const width = tuner.observe({ items: 0, ms: 10 * threads, pendingMs: 0, full: true, threads, ...more }, now);
    if (width !== undefined) chosen.push(`${now}: ${width.threads} x ${width.tasks}`);
  }
  return chosen;
}

/** Items that compute without a promise, so many in 10 ms of all threads. */
export const computing = (itemsOf: (threads: number) => number): Model => ({ threads }) => ({
  items: itemsOf(threads),
  cpuMs: 10 * threads,
});

/** Items that wait for `msAt` milliseconds each where so many run at once. */
export const waiting = (msAt: (places: number) => number): Model => ({ threads, tasks }) => {
  const places = threads * tasks;
  const items = Math.round(10 * places / msAt(places));
  return { items, pendingMs: items * msAt(places), cpuMs: 0 };
};
