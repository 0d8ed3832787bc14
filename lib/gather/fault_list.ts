import type { FaultyLines } from "../model/gathered.ts";

/** How many ranges are kept to be shown. */
const maxShown = 10;

/** Counts lines that something is wrong with, in ascending order, and keeps the first of them. */
export class FaultList implements FaultyLines {
  readonly #shown: { first: number; end: number }[] = [];
  count = 0;
  files: readonly number[] = [];
  #end = 0;

  get shown(): FaultyLines["shown"] {
    return this.#shown;
  }

  /** Adds lines, `end` not included; those that are in the list already count once. `files` has them. */
  add(first: number, end: number, files: readonly number[] = []): void {
    const from = Math.max(first, this.#end);
    if (from >= end) return;
    if (this.count === 0) this.files = files;
    this.count += end - from;
    const last = this.#shown.at(-1);
    if (last !== undefined && last.end === from) last.end = end;
    else if (this.#shown.length < maxShown) this.#shown.push({ first: from, end });
    this.#end = end;
  }
}
