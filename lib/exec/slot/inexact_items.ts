import { min } from "../../natives.ts";
import type { Line } from "../wire/numbers.ts";
import type { InexactCount } from "../wire/protocol.ts";

/**
 * To look closely takes a fifth of the time of an item that does nothing. What is found only so (keys that stand twice, numbers
 * out of range) comes from the program that wrote the input, in many of its lines: a thread looks at its first objects and
 * arrays, then at one of `closeEvery`, and once an item has been noted at all.
 */
const closeFirst = 1000;
const closeEvery = 64; // a power of 2

/** Counts the items that were not read as they are written, until main is told. */
export class InexactItems {
  #items = 0;
  #line = Infinity;
  #looked = 0;
  #noted = false;

  note(line: Line): void {
    this.#noted = true;
    this.#items++;
    this.#line = min(this.#line, line);
  }

  /** Whether to look closely at the next object or array. */
  nextClosely(): boolean {
    const before = this.#looked++;
    return before < closeFirst || (before & closeEvery - 1) === 0 || this.#noted;
  }

  /** Those since this was last asked; undefined if there are none. */
  take(): InexactCount | undefined {
    if (this.#items === 0) return undefined;
    const count = { items: this.#items, line: this.#line as Line };
    this.#items = 0;
    this.#line = Infinity;
    return count;
  }
}
