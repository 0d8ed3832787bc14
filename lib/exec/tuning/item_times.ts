import { Readings } from "./readings.ts";
import type { SlotReading } from "./slot_reading.ts";

/** Items that take so much longer than the quickest did wait for each other. */
const crowded = 2.5;

/** Items that take so much longer than the quickest did need no further look. */
const jammed = 4;

/** So few items say nothing about how long others take. */
const fewItems = 8;

/** How long items take from start to end, and whether that has grown because there are many at once. */
export class ItemTimes {
  /** The shortest mean time of some items, in milliseconds. */
  #quickestMs = Infinity;
  /** Readings since some items ended. */
  #ends = new Readings(0);
  #hasGeneration = false;

  add(reading: SlotReading): void {
    this.#ends.add(reading);
  }

  /**
   * Before a whole generation has been measured: how long the items take that end now, in milliseconds, if that is many times
   * as long as the first ones took. Those began when there were few. `busy`: they take as long as threads compute, and say nothing.
   */
  takeJam(now: number, busy: boolean): number | undefined {
    const ends = this.#ends;
    if (this.#hasGeneration || ends.items < fewItems) return undefined;
    this.#ends = new Readings(now);
    if (busy) return undefined;
    this.#quickestMs = Math.min(this.#quickestMs, ends.itemMs);
    return ends.itemMs >= jammed * this.#quickestMs ? ends.itemMs : undefined;
  }

  /**
   * A generation of items has been measured. `anew`: it is the first one after the run became narrower; what ended before may
   * have been the quick ones of many.
   */
  addGeneration({ items, itemMs }: Readings, anew: boolean): void {
    this.#hasGeneration = true;
    if (items >= fewItems) this.#quickestMs = anew ? itemMs : Math.min(this.#quickestMs, itemMs);
  }

  isCrowded({ itemMs }: Readings): boolean {
    return itemMs > crowded * this.#quickestMs;
  }

  /** Which share of the items at once would take no longer than the quickest, if the others only make them wait. */
  fitting(itemMs: number): number {
    return this.#quickestMs / itemMs;
  }

  forget(): void {
    this.#quickestMs = Infinity;
  }
}
