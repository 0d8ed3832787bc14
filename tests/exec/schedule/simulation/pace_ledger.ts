import type { PaceOptions } from "../../../../lib/exec/pace/pace.ts";
import type { Rate } from "../../../../lib/exec/pace/rates.ts";

/** How much later than its rate allows an item may start, in milliseconds: the slack of a rate, and a timer of whole milliseconds. */
const lateMs = 5 + 1;

/** Rounding of fractions of a millisecond. */
const epsilon = 1e-6;

interface Start {
  readonly at: number;
  readonly key: string | undefined;
}

/** Knows by itself which starts a pace allows: it counts those that there were. */
export class PaceLedger {
  readonly #pace: PaceOptions;
  readonly #starts: Start[] = [];
  /** The keys of items that are held back, and of those that have started and not ended for good. */
  readonly #held = new Map<number, string | undefined>();
  readonly #open = new Map<number, string | undefined>();

  constructor(pace: PaceOptions) {
    this.#pace = pace;
  }

  hold(item: number, key: string | undefined): void {
    this.#held.set(item, key);
  }

  ended(item: number): void {
    this.#open.delete(item);
  }

  /** The run was stopped: nothing is to start. */
  clear(): void {
    this.#held.clear();
  }

  /** An item starts. Returns what that breaks. */
  start(item: number, now: number): string | undefined {
    const { rates, burst = 1, delayMs = 0, keys } = this.#pace;
    const key = this.#held.get(item);
    if (!this.#held.delete(item)) return `${item} starts, and was not held back`;
    if (keys !== undefined && !this.#open.has(item) && this.#openOf(key) >= (keys.perKey ?? Infinity)) {
      return `${item} starts, and its key has no place`;
    }
    const before = this.#starts.at(-1);
    this.#starts.push({ at: now, key });
    this.#open.set(item, key);
    if (before !== undefined && now - before.at < delayMs - epsilon) return `${item} starts too soon after another`;
    const slowest = Math.max(...rates.map(periodOf));
    const mine = this.#starts.filter((start) => start.key === key);
    const isBroken = (rate: Rate, starts: readonly Start[], extra: number) =>
      starts.filter(({ at }) => at > now - rate.ms + epsilon).length > rate.count + extra;
    if (rates.some((rate) => isBroken(rate, this.#starts, periodOf(rate) === slowest ? burst - 1 : 0))) {
      return `${item} breaks a rate`;
    }
    return keys?.perKeyRates?.some((rate) => isBroken(rate, mine, 0))
      ? `${item} breaks the rate of its key`
      : undefined;
  }

  /** An item that should have started by now. */
  overdue(now: number): number | undefined {
    const { rates, delayMs = 0, keys } = this.#pace;
    const rested = (starts: readonly Start[], periodMs: number) =>
      now - (starts.at(-1)?.at ?? -Infinity) >= periodMs + lateMs;
    if (!rested(this.#starts, Math.max(0, delayMs, ...rates.map(periodOf)))) return undefined;
    const keyMs = Math.max(0, ...(keys?.perKeyRates ?? []).map(periodOf));
    return [...this.#held].find(([item, key]) =>
      keys === undefined ||
      (this.#open.has(item) || this.#openOf(key) < (keys.perKey ?? Infinity)) &&
        rested(this.#starts.filter((start) => start.key === key), keyMs)
    )?.[0];
  }

  #openOf(key: string | undefined): number {
    return [...this.#open.values()].filter((other) => other === key).length;
  }
}

function periodOf({ count, ms }: Rate): number {
  return ms / count;
}
