import { maxAttempts } from "../../model/timeline.ts";
import { type Spans, spanWords } from "../wire/probed.ts";
import { imul, max, min, push } from "../../natives.ts";
import type { StartedItem } from "./started_item.ts";

/** With `some`: about so many spans for each millisecond, and so many of each report of many items at least. */
const [perMs, perReport] = [1, 16];

/**
 * How many are chosen follows from at least so many milliseconds, or so many items: some reports have one item alone, the last of
 * its batch, and say nothing of the next ones.
 */
const [enoughMs, enoughItems] = [10, 256];

/** All 32 bits: a hash of an item is below it. */
const hashes = 2 ** 32;

/**
 * 2 ** 32 over the golden ratio. Its multiples are spread evenly over 32 bits, and so are those of every n-th item (Knuth, The Art
 * of Computer Programming 3, 6.4): items that are slow every 50th time are among those chosen as often as among all.
 */
const golden = 0x9e3779b1;

/**
 * When a slot's items ran. With `some`, and after the `first`, an item is chosen by its number, so that long ones have the same chance
 * as short ones.
 */
export class ItemSpans {
  readonly #now: () => number;
  readonly #all: boolean;
  /** How many more are reported before some are chosen, and those that end in the same report. */
  #left: number;
  #flat: number[] = [];
  /** How many have ended since it was decided how many are chosen, and when that was. */
  #ended = 0;
  #decidedAt: number;
  /** Items whose hash is below this are chosen. */
  #chosen = hashes;

  constructor(spans: Exclude<Spans, "none">, now: () => number) {
    this.#now = now;
    this.#all = spans === "all";
    this.#left = { some: 0, first: maxAttempts, all: Infinity }[spans];
    this.#decidedAt = now();
  }

  /** The item's function has returned a promise. */
  itemWaits(started: StartedItem): void {
    if (this.#all) started.pendingSince = this.#now();
  }

  /** An item has its outcome. */
  itemEnded({ item, since, pendingSince }: StartedItem): void {
    this.#ended++;
    if (this.#chosen < hashes && imul(item, golden) >>> 0 >= this.#chosen) return;
    push(this.#flat, item);
    push(this.#flat, since);
    const now = this.#now();
    push(this.#flat, now - since);
    push(this.#flat, pendingSince === undefined ? 0 : now - pendingSince);
  }

  /** The spans since the last report; this one leaves now. */
  take(now: number): number[] | undefined {
    const flat = this.#flat;
    this.#flat = [];
    const ms = now - this.#decidedAt;
    if (this.#left > 0) {
      this.#left -= flat.length / spanWords;
      this.#ended = 0;
      this.#decidedAt = now;
    } else if (ms >= enoughMs || this.#ended >= enoughItems) {
      this.#chosen = min(1, max(perReport, perMs * ms) / max(1, this.#ended)) * hashes;
      this.#ended = 0;
      this.#decidedAt = now;
    }
    return flat.length === 0 ? undefined : flat;
  }
}
