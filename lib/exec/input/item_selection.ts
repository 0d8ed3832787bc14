import type { ItemOptions } from "./item_cutter.ts";

/** Counts items, and tells which of them are to run. */
export class ItemSelection {
  readonly #options: Omit<ItemOptions, "maxLine">;
  #seen = 0;
  #items = 0;
  /** The index of the first skipped range that ends after `#items`. */
  #skipping = 0;

  constructor(options: Omit<ItemOptions, "maxLine">) {
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

  #skips(skipped: NonNullable<ItemOptions["skipped"]>, item: number): boolean {
    while (this.#skipping < skipped.length && skipped[this.#skipping].end <= item) this.#skipping++;
    return this.#skipping < skipped.length && skipped[this.#skipping].first <= item;
  }
}
