const mark = Uint8Array.of(0xef, 0xbb, 0xbf);
const nothing = new Uint8Array();

/** Takes the byte order mark off the start of each input. Chunks may split it. */
export class ByteOrderMark {
  /** How many bytes of it have been read. All of it: none is expected any more. */
  #matched = 0;

  startInput(): void {
    this.#matched = 0;
  }

  /** The chunk without the mark; and before it, what looked like one in earlier chunks. */
  skip(chunk: Uint8Array): readonly Uint8Array[] {
    if (this.#matched === mark.length) return [chunk];
    const before = this.#matched;
    let from = 0;
    while (from < chunk.length && chunk[from] === mark[this.#matched]) {
      from++;
      this.#matched++;
    }
    if (this.#matched === mark.length) return [chunk.subarray(from)];
    if (from === chunk.length) return [];
    this.#matched = mark.length;
    return [mark.subarray(0, before), chunk];
  }

  /** What looked like a mark when the input ended. */
  endInput(): Uint8Array {
    const rest = this.#matched < mark.length ? mark.subarray(0, this.#matched) : nothing;
    this.#matched = mark.length;
    return rest;
  }
}
