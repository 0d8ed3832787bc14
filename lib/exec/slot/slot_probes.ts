import type { Arrival } from "./arrival.ts";
import { type LagOptions, LoopLag } from "./loop_lag.ts";
import type { Probed } from "../wire/probed.ts";
import type { StartedItem } from "./started_item.ts";
import { push } from "../../natives.ts";

/** How old the heap's size may be when results leave, in milliseconds: reading it takes 20 us, and results may leave often. */
const heapAgeMs = 25;

/**
 * Measures what only comparisons need of a slot's work; other slots have no probes. Sums are over the items that
 * ended since the last reading, in milliseconds.
 */
export class SlotProbes {
  readonly #now: () => number;
  readonly #heapNow: () => number;
  readonly #lag: LoopLag;
  #itemMs: number[] = [];
  #ended = 0;
  #endedAtSum = 0;
  #sentMs = 0;
  #queuedMs = 0;
  #heapBytes = 0;
  #heapReadAt = -Infinity;

  constructor(options: LagOptions & { readonly heapBytes: () => number }) {
    this.#now = options.now;
    this.#heapNow = options.heapBytes;
    this.#lag = new LoopLag(options);
  }

  /** The slot has a batch that main sent then. */
  arrived(sentAt: number | undefined): Arrival | undefined {
    return sentAt === undefined ? undefined : { sentAt, takenAt: this.#now() };
  }

  /** Work begins. */
  begin(): void {
    this.#lag.begin();
  }

  /** Nothing is left that could run. */
  end(): void {
    this.#lag.end();
  }

  /** An item has its outcome. */
  itemEnded({ since, arrival }: StartedItem): void {
    const now = this.#now();
    push(this.#itemMs, now - since);
    if (arrival === undefined) return;
    const { sentAt, takenAt } = arrival;
    this.#ended++;
    this.#endedAtSum += now;
    this.#queuedMs += since - takenAt;
    if (takenAt > sentAt) this.#sentMs += takenAt - sentAt; // the clocks of two processes may differ by some microseconds
  }

  /** What was measured since the last reading; this one leaves now. */
  take(now: number): Probed {
    const itemMs = this.#itemMs;
    this.#itemMs = [];
    const heldMs = this.#ended * now - this.#endedAtSum;
    const phases = { sentMs: this.#sentMs, queuedMs: this.#queuedMs, heldMs: heldMs > 0 ? heldMs : 0, leftAt: now };
    this.#ended =
      this.#endedAtSum =
      this.#sentMs =
      this.#queuedMs =
        0;
    return { itemMs, phases, lagMs: this.#lag.take(), heapBytes: this.#heap(now) };
  }

  #heap(now: number): number {
    if (now - this.#heapReadAt >= heapAgeMs) {
      this.#heapReadAt = now;
      this.#heapBytes = this.#heapNow();
    }
    return this.#heapBytes;
  }
}
