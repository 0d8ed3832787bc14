import type { ItemRange } from "./item_reader.ts";
import { shift } from "../../natives.ts";

/** Items that wait to start, as ranges, by the item that is next in each: the output may wait for the lowest. */
export class ItemQueue {
  readonly #ranges: ItemRange[] = [];

  /** How many ranges there are. */
  get length(): number {
    return this.#ranges.length;
  }

  /** The range with the lowest item; only if there is one. */
  get first(): ItemRange {
    return this.#ranges[0];
  }

  insert(range: ItemRange): void {
    const ranges = this.#ranges;
    let at = ranges.length;
    for (; at > 0 && ranges[at - 1].first + ranges[at - 1].next > range.first; at--) ranges[at] = ranges[at - 1];
    ranges[at] = range;
  }

  removeFirst(): void {
    shift(this.#ranges);
  }

  clear(): void {
    this.#ranges.length = 0;
  }
}
