import { LogHistogram } from "../../stats/log_histogram.ts";

/** The share of items that may take longer. */
const share = 0.01;

/** A share of items that is clearly less: more places may be tried. */
const clearShare = 0.005;

/** From so many items on, the share of them that took longer counts as it is: ten may. */
const many = 1_000;

/** So many items tell that clearly fewer took longer: none of them may. */
const some = 100;

/** What a window says of the p99: `above` the target, `clear` of it, near it, or nothing yet. */
export type Standing = "above" | "clear" | "near" | undefined;

/**
 * Item times since the last change of the width, against a target for their p99.
 *
 * p99 is below the target exactly if at most 1 % of the items take longer. So these are counted, as a count has a distribution that
 * is known (binomial), where the p99 of some hundred numbers is one of the largest and may be anything. A count far beyond what
 * chance would give, three standard deviations and one, decides at once: of items that all take too long, two are enough.
 */
export class LatencyWindow {
  readonly #targetMs: number;
  readonly #since: number;
  readonly #times = new LogHistogram();
  #over = 0;
  #own = 0;
  #reports = 0;
  #full = 0;

  /** `since`: when the width changed. */
  constructor(targetMs: number, since: number) {
    this.#targetMs = targetMs;
    this.#since = since;
  }

  /** How many items took longer. */
  get over(): number {
    return this.#over;
  }

  /** How many items began after the width changed. */
  get own(): number {
    return this.#own;
  }

  /** Whether slots mostly had no place for an item that could have started. */
  get full(): boolean {
    return 2 * this.#full >= this.#reports && this.#full > 0;
  }

  /** NaN if no item has ended; of less than 100 items, the longest time. */
  get p99Ms(): number {
    return this.#times.quantile(0.99) ?? NaN;
  }

  addReport(full: boolean): void {
    this.#reports++;
    if (full) this.#full++;
  }

  /** An item that began then took so long. It may have begun when the run was narrower, but not when it was wider. */
  add(ms: number, began: number): void {
    this.#times.add(ms);
    if (ms > this.#targetMs) this.#over++;
    if (began >= this.#since) this.#own++;
  }

  /** `places`: the items of a generation, which must have ended before anything but `above` is said. */
  standing(places: number): Standing {
    const { total: count } = this.#times;
    const expected = share * count;
    if (this.#over >= expected + 3 * Math.sqrt(expected) + 1) return "above";
    if (this.#own < Math.max(some, places)) return undefined;
    if (this.#over <= clearShare * count) return "clear";
    if (count < many) return undefined;
    return this.#over > expected ? "above" : "near";
  }
}
