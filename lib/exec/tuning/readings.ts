import type { SlotReading } from "./slot_reading.ts";

/** The sum of several readings. */
export class Readings {
  /** When the first of them began, in milliseconds. */
  readonly since: number;
  items = 0;
  /** Items that ended well. */
  ok = 0;
  ms = 0;
  #pendingMs = 0;
  #reports = 0;
  #full = 0;

  constructor(since: number) {
    this.since = since;
  }

  add({ items, failed = 0, ms, pendingMs, full }: SlotReading): void {
    this.items += items;
    this.ok += items - failed;
    this.ms += ms;
    this.#pendingMs += pendingMs;
    this.#reports++;
    if (full) this.#full++;
  }

  /** Whether slots mostly had no place for an item that could have started. */
  get full(): boolean {
    return 2 * this.#full >= this.#reports && this.#full > 0;
  }

  /** Mean time from an item's start to its end, in milliseconds; only if some ended. */
  get itemMs(): number {
    return (this.#pendingMs || this.ms) / this.items;
  }

  /** Good items in a millisecond. */
  speed(now: number): number {
    return this.ok / (now - this.since);
  }
}
