/** At most `count` starts in any `ms` milliseconds. */
export interface Rate {
  readonly count: number;
  readonly ms: number;
}

/** What bounds all starts of a run together. */
export interface RateOptions {
  readonly rates: readonly Rate[];
  /** How many items may start at once, before the slowest rate spaces them; 1 by default. */
  readonly burst?: number;
  /** The least time between two starts, in milliseconds; none by default. */
  readonly delayMs?: number;
}

/**
 * So much of the lateness of a start, in milliseconds, does not delay those after it: a timer wakes main 1 to 2 ms late. The period
 * is longer by its share of this, so that no window has a start too many: 0.5 % for a window of a second.
 */
const slackMs = 5;

/** The longest of the times between two starts that these rates ask for, in milliseconds; 0 without a rate. */
export function slowestMs(rates: readonly Rate[]): number {
  return Math.max(0, ...rates.map(({ count, ms }) => ms / count));
}

/**
 * Spaces starts evenly by the generic cell rate algorithm (GCRA, ITU-T I.371): `#next` is the theoretical time of the next start,
 * and a start may come `aheadMs` before it. Any window `[t, t + ms)` has at most `count` starts, and `burst - 1` more.
 */
class Spacing {
  readonly #periodMs: number;
  readonly #aheadMs: number;
  readonly #slackMs: number;
  #next = -Infinity;

  constructor({ count, ms }: Rate, slackMs: number, burst: number) {
    this.#slackMs = slackMs;
    this.#periodMs = (ms + slackMs) / count;
    this.#aheadMs = (burst - 1) * this.#periodMs;
  }

  /** When the next item may start. */
  get due(): number {
    return this.#next - this.#aheadMs;
  }

  start(now: number): void {
    const isFirst = this.#next === -Infinity;
    this.#next = (isFirst ? now : Math.max(this.#next, now - this.#slackMs)) + this.#periodMs;
  }
}

/**
 * Rates that all hold. A burst is one of the slowest rate alone: the others space it, or several rates would say no more than
 * the slowest one does. Time in which nothing started, because the input was slow or the program was stopped, is worth no more
 * than a burst.
 */
export class Rates {
  readonly #spacings: readonly Spacing[];

  constructor({ rates, burst = 1, delayMs = 0 }: RateOptions) {
    const slowest = slowestMs(rates);
    this.#spacings = [
      ...rates.map((rate) => new Spacing(rate, slackMs, rate.ms / rate.count === slowest ? burst : 1)),
      new Spacing({ count: 1, ms: delayMs }, 0, 1),
    ];
  }

  /** How long until an item may start, in milliseconds; 0 if it may now. */
  waitMs(now: number): number {
    let due = now;
    for (const spacing of this.#spacings) due = Math.max(due, spacing.due);
    return due - now;
  }

  /** An item starts. */
  start(now: number): void {
    for (const spacing of this.#spacings) spacing.start(now);
  }
}
