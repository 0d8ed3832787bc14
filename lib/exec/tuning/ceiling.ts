import type { SlotReading } from "./slot_reading.ts";

/** How many places a run may have, for a reason that is no matter of its speed. */
export interface Ceiling {
  /** Maximum items at once. */
  readonly places: number;
  /** Takes a reading of a run that has `places`. Returns whether slots are to be told their width, even if it is the same. */
  observe(reading: SlotReading, places: number, now: number): boolean;
}
