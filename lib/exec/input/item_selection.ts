import type { Range } from "../schedule/range_set.ts";

/** Which items are run. */
export interface SelectionOptions {
  /** Takes every `count`-th item from the `index`-th on, 0 <= index < count; undefined: all items. */
  readonly shard?: { readonly index: number; readonly count: number };
  /** Maximum number of items, including skipped ones. */
  readonly limit?: number;
  /** The shard's items to skip, counted from 0; ascending ranges. */
  readonly skipped?: readonly Range[];
}

/** Counts items, and tells which of them are to run. */
export class ItemSelection {
  readonly #options: SelectionOptions;
  #seen = 0;
  #items = 0;
  /** The index of the first skipped range that ends after `#items`. */
  #skipping = 0;

  constructor(options: SelectionOptions) {
    this.#options = options;
  }

  /** Items so far, of all shards. */
  get seen(): number {
    return this.#seen;
  }

  /** Whether the shard has as many items as the limit says, including skipped ones. */
  get isFull(): boolean {
    return this.#items >= (this.#options.limit ?? Infinity);
  }

  /** Counts the next item; returns whether it is to run: in our shard, within the limit, not skipped. */
  takesNext(): boolean {
    const { shard, limit = Infinity, skipped } = this.#options;
    const seen = this.#seen++;
    if (shard !== undefined && seen % shard.count !== shard.index) return false;
    const item = this.#items++;
    return item < limit && (skipped === undefined || !this.#skips(skipped, item));
  }

  #skips(skipped: NonNullable<SelectionOptions["skipped"]>, item: number): boolean {
    while (this.#skipping < skipped.length && skipped[this.#skipping].end <= item) this.#skipping++;
    return this.#skipping < skipped.length && skipped[this.#skipping].first <= item;
  }
}
