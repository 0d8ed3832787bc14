import { Gaps } from "../exec/wire/gaps.ts";
import type { Delivery } from "../exec/pool/delivery.ts";
import { type Range, RangeSet } from "../exec/schedule/range_set.ts";
import type { InputPosition, Progress } from "./entry.ts";

/** How the deliveries of a run are counted. */
export interface TallyOptions {
  readonly ordered: boolean;
  /** Error records go to stdout too. */
  readonly inline: boolean;
  readonly separator: "\n" | "\0";
  /** The items that the run skips. */
  readonly skipped: readonly Range[];
  /** Items that had not ended when the previous run ended, and how many of their records are in its output. */
  readonly open: ReadonlyMap<number, number>;
}

/** Counts what has been written, for the journal's next record. */
export class Tally {
  readonly #options: TallyOptions;
  readonly #separator: number;
  readonly #gaps: Gaps;
  readonly #done = new RangeSet();
  readonly #failed = new RangeSet();
  readonly #open: Map<number, number>;
  /** How many of an item's next records the output already has. */
  readonly #repeated: Map<number, number>;
  #written = 0;
  #settled = 0;

  constructor(options: TallyOptions) {
    this.#options = options;
    this.#separator = options.separator.charCodeAt(0);
    this.#gaps = new Gaps(options.skipped);
    this.#open = new Map(options.open);
    this.#repeated = new Map(options.open);
  }

  /** Leaves out the first values of items that run again, if the output has them from the previous run. */
  withoutRepeated(deliveries: readonly Delivery[]): readonly Delivery[] {
    if (this.#repeated.size === 0) return deliveries;
    return deliveries.map((delivery) => {
      if (delivery.kind !== "value") return delivery;
      const item = this.#gaps.ordinalOf(delivery.first);
      const repeated = this.#repeated.get(item) ?? 0;
      const { records, length } = this.#firstRecords(delivery.bytes, repeated);
      this.#repeated.set(item, repeated - records);
      return { ...delivery, bytes: delivery.bytes.subarray(length) };
    });
  }

  /** Counts deliveries that have been written. */
  add(deliveries: readonly Delivery[]): void {
    const { ordered, inline } = this.#options;
    for (const { kind, first, items, bytes } of deliveries) {
      if (kind !== "error" || inline) this.#written += bytes.length;
      if (kind === "value") {
        if (ordered) continue; // the next run cuts these values off
        const item = this.#gaps.ordinalOf(first);
        this.#open.set(item, (this.#open.get(item) ?? 0) + this.#firstRecords(bytes, Infinity).records);
        continue;
      }
      for (const range of this.#gaps.ordinalsOf({ first, end: first + items })) {
        this.#done.add(range.first, range.end);
        if (kind === "error") this.#failed.add(range.first, range.end);
        if (this.#open.size > 0) this.#open.delete(range.first); // an open item has a range of its own
      }
      this.#settled = this.#written;
    }
    if (!ordered) this.#settled = this.#written;
  }

  /** How many bytes of output the run has written. */
  get written(): number {
    return this.#written;
  }

  /** The progress since the last call. */
  take(input: InputPosition | undefined, last: boolean): Progress {
    const [done, failed] = [[...this.#done.ranges], [...this.#failed.ranges]];
    this.#done.clear();
    this.#failed.clear();
    const open = this.#open.size > 0 ? [...this.#open] : undefined;
    return { done, failed, bytes: this.#settled, input, open, ...(last && { last }) };
  }

  /** How many records there are, at most `max`, and their total length. */
  #firstRecords(bytes: Uint8Array, max: number): { readonly records: number; readonly length: number } {
    let [records, length] = [0, 0];
    while (records < max) {
      const end = bytes.indexOf(this.#separator, length);
      if (end === -1) break;
      records++;
      length = end + 1;
    }
    return { records, length };
  }
}
