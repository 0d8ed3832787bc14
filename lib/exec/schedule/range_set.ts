/** Consecutive item numbers, from `first` up to but not including `end`. */
export interface Range {
  readonly first: number;
  readonly end: number;
}

/**
 * A set of item numbers, stored as consecutive ranges: its memory grows with the number of gaps, not with its size.
 *
 * Invariant: the ranges are ascending, not empty, and neither overlap nor touch.
 */
export class RangeSet {
  #ranges: Range[] = [];
  #size = 0;

  /** How many numbers are in the set. */
  get size(): number {
    return this.#size;
  }

  /** The ranges, ascending. */
  get ranges(): readonly Range[] {
    return this.#ranges;
  }

  /** The lowest number; undefined if the set is empty. */
  get lowest(): number | undefined {
    return this.#ranges[0]?.first;
  }

  has(item: number): boolean {
    const range = this.#ranges[this.#find(item)];
    return range !== undefined && range.first <= item;
  }

  /** Adds numbers; some may already be in the set. */
  add(first: number, end: number): void {
    if (first >= end) return;
    let from = this.#find(first);
    if (from > 0 && this.#ranges[from - 1].end === first) from--; // touches its neighbour below
    let until = from;
    let [low, high] = [first, end];
    for (; until < this.#ranges.length && this.#ranges[until].first <= end; until++) {
      const range = this.#ranges[until];
      low = Math.min(low, range.first);
      high = Math.max(high, range.end);
      this.#size -= range.end - range.first;
    }
    this.#ranges.splice(from, until - from, { first: low, end: high });
    this.#size += high - low;
  }

  /** Removes numbers, and returns how many of them were in the set. */
  remove(first: number, end: number): number {
    if (first >= end) return 0;
    const before = this.#size;
    const from = this.#find(first);
    const kept: Range[] = [];
    let until = from;
    for (; until < this.#ranges.length && this.#ranges[until].first < end; until++) {
      const range = this.#ranges[until];
      if (range.first < first) kept.push({ first: range.first, end: first });
      if (range.end > end) kept.push({ first: end, end: range.end });
      this.#size -= Math.min(range.end, end) - Math.max(range.first, first);
    }
    if (until > from) this.#ranges.splice(from, until - from, ...kept);
    return before - this.#size;
  }

  /** Removes and returns the lowest consecutive numbers, at most `max`; undefined if the set is empty. */
  takeLowest(max: number): Range | undefined {
    const range = this.#ranges[0];
    if (range === undefined || max < 1) return undefined;
    const end = Math.min(range.end, range.first + max);
    if (end === range.end) this.#ranges.shift();
    else this.#ranges[0] = { first: end, end: range.end };
    this.#size -= end - range.first;
    return { first: range.first, end };
  }

  /** The `count` highest numbers, as ascending ranges. They stay in the set. */
  highest(count: number): Range[] {
    const found: Range[] = [];
    for (let i = this.#ranges.length - 1, left = count; i >= 0 && left > 0; i--) {
      const { first, end } = this.#ranges[i];
      const from = Math.max(first, end - left);
      found.unshift({ first: from, end });
      left -= end - from;
    }
    return found;
  }

  clear(): void {
    this.#ranges = [];
    this.#size = 0;
  }

  /** The index of the first range that ends above `item`: the range that contains it, or the next one. */
  #find(item: number): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#ranges[middle].end > item) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
