import type { SlotReading, Width } from "./slot_reading.ts";
import { placesOf } from "./bounds.ts";
import { FailureCeiling } from "./failure_ceiling.ts";
import type { Finding, Tuner } from "./tuner.ts";

/** How often slots report while places are taken back or come back, in milliseconds. */
const yieldingMs = 10;

/**
 * Lets another tuner choose, and takes places back while more of them make items fail: a speed of failures is no speed. As long
 * as places are taken back, the other tuner is told nothing, because it would compare widths that were not used.
 */
export class YieldingTuner implements Tuner {
  readonly #inner: Tuner;
  readonly #ceiling = new FailureCeiling();
  #width: Width;
  #interrupted = false;

  constructor(inner: Tuner) {
    this.#inner = inner;
    this.#width = inner.width;
  }

  get width(): Width {
    return this.#width;
  }

  get finding(): Finding | undefined {
    return this.#inner.finding;
  }

  get settled(): boolean {
    return this.#ceiling.places < Infinity || this.#inner.settled;
  }

  get yields(): boolean {
    return this.#ceiling.tolerated === 0;
  }

  observe(reading: SlotReading, now: number): Width | undefined {
    const { threads, tasks } = this.#width;
    const told = this.#ceiling.observe(reading, threads * tasks, now);
    if (this.#ceiling.counts || this.#ceiling.places < placesOf(this.#inner.width)) {
      this.#interrupted = true;
      return told ? this.#cap() : undefined;
    }
    if (this.#interrupted) this.#inner.interrupt(now);
    this.#interrupted = false;
    const inner = this.#inner.observe(reading, now);
    return inner !== undefined || told ? this.#cap() : undefined;
  }

  get reportMs(): number {
    const isNarrowed = this.#ceiling.counts || this.#ceiling.places < Infinity;
    return isNarrowed ? yieldingMs : this.#inner.reportMs;
  }

  get listens(): boolean {
    return this.#inner.listens;
  }

  interrupt(now: number): void {
    this.#inner.interrupt(now);
  }

  tick(now: number): Width | undefined {
    return this.#inner.tick(now) === undefined ? undefined : this.#cap();
  }

  #cap(): Width {
    const { threads, tasks } = this.#inner.width;
    const { places } = this.#ceiling;
    const width = places >= threads * tasks
      ? { threads, tasks }
      : places < threads
      ? { threads: places, tasks: 1 }
      : { threads, tasks: Math.floor(places / threads) };
    this.#width = width;
    return width;
  }
}
