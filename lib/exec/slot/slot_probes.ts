import type { Arrival } from "./arrival.ts";
import { type LagOptions, LoopLag } from "./loop_lag.ts";
import type { Probed } from "../wire/protocol.ts";
import type { StartedItem } from "./started_item.ts";
import { apply, getOwnPropertyDescriptor, memoryUsage, push, self } from "../../natives.ts";

/** How old the heap's size may be when results leave, in milliseconds: reading it takes 20 us, and results may leave often. */
const heapAgeMs = 25;

/** What measures a slot's work beside its processor time. */
export interface Measures {
  /** The slot has a batch that main sent then. */
  arrived(sentAt: number | undefined): Arrival | undefined;
  /** Work begins. */
  begin(): void;
  /** Nothing is left that could run. */
  end(): void;
  /** An item has its outcome. */
  itemEnded(started: StartedItem): void;
  /** What was measured since the last reading; this one leaves now. */
  take(now: number): Probed;
}

/** Measures how long items take, and nothing else. */
export class ItemClock implements Measures {
  readonly #now: () => number;
  #itemMs: number[] = [];

  constructor({ now }: Pick<LagOptions, "now">) {
    this.#now = now;
  }

  arrived(): undefined {}

  begin(): void {}

  end(): void {}

  itemEnded({ since }: StartedItem): void {
    push(this.#itemMs, this.#now() - since);
  }

  take(): Probed {
    const itemMs = this.#itemMs;
    this.#itemMs = [];
    return { itemMs };
  }
}

/**
 * Measures what only comparisons need of a slot's work; other slots have no probes. Sums are over the items that
 * ended since the last reading, in milliseconds.
 */
export class SlotProbes implements Measures {
  readonly #now: () => number;
  readonly #lag: LoopLag;
  #itemMs: number[] = [];
  #ended = 0;
  #endedAtSum = 0;
  #sentMs = 0;
  #queuedMs = 0;
  #heapBytes = 0;
  #heapReadAt = -Infinity;

  constructor(options: LagOptions) {
    this.#now = options.now;
    this.#lag = new LoopLag(options);
  }

  arrived(sentAt: number | undefined): Arrival | undefined {
    return sentAt === undefined ? undefined : { sentAt, takenAt: this.#now() };
  }

  begin(): void {
    this.#lag.begin();
  }

  end(): void {
    this.#lag.end();
  }

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
      this.#heapBytes = memoryUsage().heapUsed;
    }
    return this.#heapBytes;
  }
}

/** Makes Node's `process` when it is first asked. */
const processOf = getOwnPropertyDescriptor(self, "process")?.get ?? (() => self.process);

/**
 * Processor time of this thread in milliseconds; undefined where Deno cannot tell (before 2.9), or where the job has replaced
 * what tells it. A call takes 12 us, the first one 10 ms, because Node's `process` is made then.
 */
export function threadCpuTime(): number | undefined {
  try {
    const usage = (apply(processOf, self, []) as typeof self.process).threadCpuUsage();
    const ms = (usage.user + usage.system) / 1000;
    return ms >= 0 ? ms : undefined;
  } catch {
    return undefined;
  }
}
