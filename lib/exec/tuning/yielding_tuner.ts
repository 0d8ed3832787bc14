import type { SlotReading, Width } from "./slot_reading.ts";
import { placesOf } from "./bounds.ts";
import { FailureCeiling } from "./failure_ceiling.ts";
import type { LatencyCeiling } from "./latency_ceiling.ts";
import type { Finding, Tuner } from "./tuner.ts";

/** How often slots report while places are taken back or come back, in milliseconds. */
const yieldingMs = 10;

/**
 * Lets another tuner choose, and takes places back while more of them make items fail, for a speed of failures is no speed, or
 * take too long. As long as places are taken back, the other tuner is told nothing, because it would compare widths that were not
 * used.
 */
export class YieldingTuner implements Tuner {
  readonly #inner: Tuner;
  readonly #failures = new FailureCeiling();
  readonly #latency: LatencyCeiling | undefined;
  #width: Width;
  #interrupted = false;

  constructor(inner: Tuner, latency?: LatencyCeiling) {
    this.#inner = inner;
    this.#latency = latency;
    this.#width = inner.width;
  }

  get width(): Width {
    return this.#width;
  }

  get finding(): Finding | undefined {
    return this.#inner.finding ?? this.#latency?.finding;
  }

  get settled(): boolean {
    if (this.#failures.places < Infinity || this.#latency?.settled) return true;
    return this.#inner.settled && !this.#isCapped;
  }

  get yields(): boolean {
    return this.#failures.tolerated === 0;
  }

  get #places(): number {
    return Math.min(this.#failures.places, this.#latency?.places ?? Infinity);
  }

  get #isCapped(): boolean {
    return this.#places < placesOf(this.#inner.width);
  }

  observe(reading: SlotReading, now: number): Width | undefined {
    const places = placesOf(this.#width);
    const failures = this.#failures.observe(reading, places, now);
    const latency = this.#latency?.observe(reading, places, now) ?? false;
    const told = failures || latency;
    if (this.#failures.counts || this.#isCapped) {
      this.#interrupted = true;
      return told ? this.#cap() : undefined;
    }
    if (this.#interrupted) this.#inner.interrupt(now);
    this.#interrupted = false;
    const inner = this.#inner.observe(reading, now);
    return inner !== undefined || told ? this.#cap() : undefined;
  }

  get reportMs(): number {
    const isNarrowed = this.#failures.counts || this.#places < Infinity;
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
    const places = this.#places;
    const spread = Math.min(places, Math.max(threads, this.#latency?.threads ?? 1));
    this.#width = this.#isCapped ? { threads: spread, tasks: Math.floor(places / spread) } : { threads, tasks };
    return this.#width;
  }
}
