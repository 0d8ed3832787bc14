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
  readonly #parts: Uint8Array[] = [];
  #length = 0;

  constructor(indexOf: (place: number) => number) {
    this.indexOf = indexOf;
  }

  /** Copies a delivery, because its memory is reused. */
  add({ kind, bytes }: Delivery): void {
    const part = kind === "end" ? itemEnd : bytes.slice();
    this.#parts.push(part);
    this.#length += part.length;
  }

  joined(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    return all;
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
 * Compares the records of the first run of each entrant with those of the first one of all. Records are copied while the clock
 * runs, which takes main a core that slots could use: so later runs are not checked.
 */
export class OutputCheck {
  readonly #digestOf: Digest;
  readonly #checked = new Set<string>();
  #first: { readonly cell: Cell; readonly bytes: Uint8Array; readonly digest: string } | undefined;

  constructor(digestOf: Digest) {
    this.#digestOf = digestOf;
  }

  /** SHA-256 of the records, which is the same for all that were checked; undefined before the first run. */
  get digest(): string | undefined {
    return this.#first?.digest;
  }

  /** Whether the entrant with this id still has to be checked. */
  wants(id: string): boolean {
    return !this.#checked.has(id);
  }

  /**
   * Compares a run of one more entrant.
   *
   * @throws {OutputsDiffer} its records differ from those of the first run
   */
  check(records: Records, { id, cell }: { readonly id: string; readonly cell: Cell }): void {
    this.#checked.add(id);
    const bytes = records.joined();
    const digest = this.#digestOf(bytes);
    this.#first ??= { cell, bytes, digest };
    if (digest === this.#first.digest) return;
    const { item, a, b } = firstUnequalItem(decoder.decode(this.#first.bytes), decoder.decode(bytes));
    const place = records.indexOf(item);
    throw new OutputsDiffer(place, { where: modeName(this.#first.cell), gave: a }, { where: modeName(cell), gave: b });
  }
}

/** The first item (from 0) whose records differ between two runs, and its records in each. */
export function firstUnequalItem(one: string, other: string): { item: number; a: string; b: string } {
  const [a, b] = [itemsOf(one), itemsOf(other)];
  const differs = a.findIndex((record, i) => record !== b[i]);
  const item = differs === -1 ? a.length : differs;
  return { item, a: a[item] ?? "", b: b[item] ?? "" };
}

/** The records of each item: one line, or for a generator everything up to its `itemEnd`. */
function itemsOf(records: string): string[] {
  return records.includes("\0") ? records.split("\0") : records.split("\n");
}
