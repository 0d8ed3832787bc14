import type { Range } from "../exec/schedule/range_set.ts";

/** Which lines the input has, as ascending ranges. */
export type InputLines = AsyncIterator<Range, void>;

/** Compares lines that come in ascending order with those that the input has. */
export class ExpectedLines {
  readonly #input: InputLines;
  readonly #onMissing: (first: number, end: number) => void;
  /** What is left of the range that the last line was in; undefined at the end of the input. */
  #range: Range | undefined = { first: 0, end: 0 };

  /** `onMissing` gets the lines of the input that have not come, `end` not included. */
  constructor(input: InputLines, onMissing: (first: number, end: number) => void) {
    this.#input = input;
    this.#onMissing = onMissing;
  }

  /** Whether the input has the line, which is higher than the one before. */
  has(line: number): boolean | Promise<boolean> {
    return this.#range !== undefined && this.#range.end <= line ? this.#moveTo(line) : this.#take(line);
  }

  /** All lines have come. */
  async end(): Promise<void> {
    await this.#moveTo(Infinity);
  }

  async #moveTo(line: number): Promise<boolean> {
    while (this.#range !== undefined && this.#range.end <= line) {
      this.#onMissing(this.#range.first, this.#range.end);
      const { done, value } = await this.#input.next();
      this.#range = done ? undefined : value;
    }
    return this.#take(line);
  }

  #take(line: number): boolean {
    if (this.#range === undefined || line < this.#range.first) return false;
    const { first, end } = this.#range;
    this.#onMissing(first, line);
    this.#range = { first: line + 1, end };
    return true;
  }
}
