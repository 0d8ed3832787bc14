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
  #cpuMs = 0;
  /** The time with work of the readings that have CPU time: a thread's first reading does not. */
  #cpuKnownMs = 0;

  constructor(since: number) {
    this.since = since;
  }

  add({ items, failed = 0, ms, pendingMs, cpuMs, full }: SlotReading): void {
    this.items += items;
    this.ok += items - failed;
    this.ms += ms;
    this.#pendingMs += pendingMs;
    this.#reports++;
    if (full) this.#full++;
    if (cpuMs === undefined) return;
    this.#cpuMs += cpuMs;
    this.#cpuKnownMs += ms;
  }

  /** Whether slots mostly had no place for an item that could have started. */
  get full(): boolean {
    return 2 * this.#full >= this.#reports && this.#full > 0;
  }

  /** The share of their time with work that the threads computed; undefined if that is not known. */
  get computing(): number | undefined {
    if (this.items > 0 && this.#pendingMs === 0) return 1; // a job without promises never waits
    return this.#cpuKnownMs === 0 ? undefined : this.#cpuMs / this.#cpuKnownMs;
  }

  /** Mean time from an item's start to its end, in milliseconds; only if some ended. */
  get itemMs(): number {
    return (this.#pendingMs || this.ms) / this.items;
  }

  /** CPU time of an item, in milliseconds; undefined if it is not known. */
  get cpuMs(): number | undefined {
    const share = this.computing;
    return share === undefined ? undefined : share * this.ms / this.items;
  }

  /** Good items in a millisecond. */
  speed(now: number): number {
    return this.ok / (now - this.since);
  }
}
