import { OutputsDiffer } from "../errors.ts";
import { type Cell, modeName } from "../model/grid.ts";
import type { Delivery } from "../exec/pool/delivery.ts";

/** Marks the end of a generator's values for an item: no record contains this byte. */
const itemEnd = new Uint8Array([0]);

const decoder = new TextDecoder();

/** All records of one run, in order. */
export class Records {
  /** Maps a place in the run to the index of the user's item. */
  readonly indexOf: (place: number) => number;
  #memory: Uint8Array<ArrayBuffer>;
  #length = 0;

  /** `memory` is written over, as far as it is enough. */
  constructor(indexOf: (place: number) => number, memory = new Uint8Array(64 * 1024)) {
    this.indexOf = indexOf;
    this.#memory = memory;
  }

  /** Takes memory for so many bytes now. It is written to, because the system gives memory when that happens. */
  reserve(bytes: number): void {
    if (bytes > this.#memory.length) this.#memory = new Uint8Array(bytes).fill(1);
  }

  /** Copies a delivery, because its memory is reused. */
  add({ kind, bytes }: Delivery): void {
    const part = kind === "end" ? itemEnd : bytes;
    const end = this.#length + part.length;
    if (end > this.#memory.length) {
      const larger = new Uint8Array(Math.max(end, 2 * this.#memory.length));
      larger.set(this.bytes);
      this.#memory = larger;
    }
    this.#memory.set(part, this.#length);
    this.#length = end;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#memory.subarray(0, this.#length);
  }

  get memory(): Uint8Array<ArrayBuffer> {
    return this.#memory;
  }
}

/** SHA-256 of bytes, in hexadecimal. */
type Digest = (bytes: Uint8Array) => string;

/** A check of outputs. Hashing is synchronous, so it takes no time in which something else could run. */
export async function openOutputCheck(): Promise<OutputCheck> {
  const { createHash } = await import("node:crypto"); // loads in milliseconds
  return new OutputCheck((bytes) => createHash("sha256").update(bytes).digest("hex"));
}

/**
 * Compares the records of every run with those of the first one. They are copied while the clock runs, by main, whose core slots
 * could use: 0.1 us for a delivery and 0.05 ms for a MB (2.9.6), less than 0.1 % of most runs. It is the same memory each time, as new
 * memory takes ten times as long. All else is done while no clock runs.
 */
export class OutputCheck {
  readonly #digestOf: Digest;
  /** Entrants of which a run has been checked. */
  readonly #checked = new Set<string>();
  #first: { readonly cell: Cell; readonly bytes: Uint8Array; readonly digest: string } | undefined;
  #memory: Uint8Array<ArrayBuffer> | undefined;

  constructor(digestOf: Digest) {
    this.#digestOf = digestOf;
  }

  /** SHA-256 of the records, which is the same for all runs; undefined before the first one. */
  get digest(): string | undefined {
    return this.#first?.digest;
  }

  /** Takes the records of the next run. It must have been checked before the one after it begins. */
  records(indexOf: Records["indexOf"]): Records {
    return new Records(indexOf, this.#memory);
  }

  /**
   * Compares one more run.
   *
   * @throws {OutputsDiffer} its records differ from those of the first run
   */
  check(records: Records, { id, cell }: { readonly id: string; readonly cell: Cell }): void {
    const { bytes } = records;
    const digest = this.#digestOf(bytes);
    this.#first ??= { cell, bytes: bytes.slice(), digest };
    this.#memory = records.memory;
    const isLater = this.#checked.has(id);
    this.#checked.add(id);
    if (digest === this.#first.digest) return;
    const { item, a, b } = firstUnequalItem(decoder.decode(this.#first.bytes), decoder.decode(bytes));
    const place = records.indexOf(item);
    throw new OutputsDiffer(
      place,
      { where: modeName(this.#first.cell), gave: a },
      { where: modeName(cell), gave: b, isLater },
    );
  }
}

/** The first item (from 0) whose records differ between two runs, and its records in each. */
export function firstUnequalItem(one: string, other: string): { item: number; a: string; b: string } {
  const [a, b] = [itemsOf(one), itemsOf(other)];
  const item = a.findIndex((record, i) => record !== b[i]); // there is one, as both runs had as many items
  return { item, a: a[item] ?? "", b: b[item] ?? "" };
}

/** The records of each item: one line, or for a generator everything up to its `itemEnd`. */
function itemsOf(records: string): string[] {
  return records.includes("\0") ? records.split("\0") : records.split("\n");
}
