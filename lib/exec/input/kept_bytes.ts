const firstBytes = 1024;

/** The beginning of an item that has not ended in its chunk. What is longer than `max` is not kept. */
export class KeptBytes {
  readonly #max: number;
  #bytes = new Uint8Array(firstBytes);
  #length = 0;
  #isTooLong = false;

  constructor(max: number) {
    this.#max = max;
  }

  get isEmpty(): boolean {
    return this.#length === 0 && !this.#isTooLong;
  }

  get isTooLong(): boolean {
    return this.#isTooLong;
  }

  /** What is kept, until more is added. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  add(chunk: Uint8Array, from: number, end: number): void {
    if (from >= end || this.#isTooLong) return;
    const length = this.#length + end - from;
    if (length > this.#max) {
      this.#isTooLong = true;
      this.#length = 0;
      this.#bytes = new Uint8Array(firstBytes);
      return;
    }
    if (length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    this.#bytes.set(chunk.subarray(from, end), this.#length);
    this.#length = length;
  }

  clear(): void {
    this.#length = 0;
    this.#isTooLong = false;
  }
}
