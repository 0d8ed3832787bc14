import type { Range } from "../schedule/range_set.ts";
import { min, push } from "../../natives.ts";

/**
 * Where the items of a run stand among all items of its input, when some are left out: those of a run have consecutive
 * numbers, and each number left out before shifts them by one.
 */
export class Gaps {
  /** From item `#from[i]` on, `#shift[i]` are left out before it; ascending. */
  readonly #from: number[] = [];
  readonly #shift: number[] = [];

  /** `skipped`: what is left out, as ascending ranges that do not overlap. */
  constructor(skipped: readonly Range[]) {
    let shift = 0;
    for (let i = 0; i < skipped.length; i++) {
      const { first, end } = skipped[i];
      this.#from[i] = first - shift;
      shift += end - first;
      this.#shift[i] = shift;
    }
  }

  /** The item's number among all items, 0-based. */
  ordinalOf(item: number): number {
    const gaps = this.#gapsBefore(item);
    return gaps === 0 ? item : item + this.#shift[gaps - 1];
  }

  /** The numbers of consecutive items among all items, as ascending ranges. */
  ordinalsOf({ first, end }: Range): Range[] {
    const ranges: Range[] = [];
    for (let item = first, gaps = this.#gapsBefore(first); item < end; gaps++) {
      const until = min(end, this.#from[gaps] ?? Infinity);
      const shift = gaps === 0 ? 0 : this.#shift[gaps - 1];
      push(ranges, { first: item + shift, end: until + shift });
      item = until;
    }
    return ranges;
  }

  #gapsBefore(item: number): number {
    let low = 0;
    let high = this.#from.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#from[middle] <= item) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
