import type { Line } from "../wire/numbers.ts";
import type { BlockStore, HeldBlock } from "./block_store.ts";
import type { Range } from "../schedule/range_set.ts";

/** How lines are cut, and which lines become items. */
export interface LineOptions {
  readonly separator: "\n" | "\0";
  /** Maximum bytes of a line. A longer line is an error, and its bytes are not kept. */
  readonly maxLine: number;
  /** Takes every `count`-th item from the `index`-th on, 0 <= index < count; undefined: all items. */
  readonly shard?: { readonly index: number; readonly count: number };
  /** Maximum number of items, including skipped ones. */
  readonly limit?: number;
  /** The shard's items to skip, counted from 0; ascending ranges. */
  readonly skipped?: readonly Range[];
}

/** For separators within this distance a loop is faster; for distant ones `indexOf` is. */
const nearBytes = 48;

const [carriageReturn, space] = [13, 32];

const byteOrderMark = Uint8Array.of(0xef, 0xbb, 0xbf);

/** Cuts chunks of bytes into lines, and adds the non-blank lines to blocks. A line may span chunks. */
export class LineCutter {
  readonly #options: LineOptions;
  readonly #separator: number;
  /** The beginning of a line that has not ended yet. */
  #partial = new Uint8Array(1024);
  #partialLength = 0;
  #tooLong = false;
  /** Whether a line that is too long has been blank so far. */
  #tooLongBlank = false;
  #line = 1 as Line;
  /** Non-blank lines so far, of all shards. */
  #seen = 0;
  /** Non-blank lines of our shard so far. */
  #items = 0;
  /** The index of the first skipped range that ends after `#items`. */
  #skipping = 0;
  /** How many bytes of a byte order mark have been read at the start of an input. All of it: no mark is expected any more. */
  #marked = 0;

  constructor(options: LineOptions) {
    this.#options = options;
    this.#separator = options.separator.charCodeAt(0);
  }

  /** Lines so far. */
  get lines(): number {
    return this.#line - 1;
  }

  /** Blank lines so far. */
  get blank(): number {
    return this.lines - this.#seen;
  }

  /** Items of the shard so far, including skipped ones. */
  get items(): number {
    return this.#items;
  }

  /** Begins a new input, which may start with a byte order mark. */
  startInput(): void {
    this.#marked = 0;
  }

  /** Ends the input, and with it the last line, even without a separator. */
  endInput(blocks: BlockStore): void {
    if (this.#marked < byteOrderMark.length) this.#keep(byteOrderMark, 0, this.#marked);
    if (this.#partialLength > 0 || this.#tooLong) this.#endPartial(blocks);
  }

  /** Cuts one chunk. An incomplete line at its end is kept until the next chunk. */
  cut(chunk: Uint8Array, blocks: BlockStore): void {
    let from = this.#marked < byteOrderMark.length ? this.#skipMark(chunk) : 0;
    if (this.#partialLength > 0 || this.#tooLong) {
      const end = this.#find(chunk, from);
      this.#keep(chunk, from, end);
      if (end === chunk.length) return;
      this.#endPartial(blocks);
      from = end + 1;
    }
    from = this.#cutWhole(chunk, from, blocks);
    this.#keep(chunk, from, chunk.length);
  }

  /** Where the first line begins in a chunk: after the byte order mark, which may be split over chunks. */
  #skipMark(chunk: Uint8Array): number {
    let from = 0;
    while (from < chunk.length && chunk[from] === byteOrderMark[this.#marked]) {
      from++;
      this.#marked++;
    }
    if (from === chunk.length || this.#marked === byteOrderMark.length) return from;
    this.#keep(byteOrderMark, 0, this.#marked - from); // not a mark: these bytes belong to the line
    this.#marked = byteOrderMark.length;
    return 0;
  }

  /**
   * Adds all lines that lie completely in the chunk; returns where the rest begins. Lines are copied together, as many as fit
   * into a block, because a copy for each line would cost more than the line.
   */
  #cutWhole(chunk: Uint8Array, from: number, blocks: BlockStore): number {
    let held: HeldBlock | undefined;
    let [copyFrom, copyEnd] = [from, from];
    let lineFrom = from;
    const copy = () => {
      if (held === undefined) return;
      held.block.bytes.set(chunk.subarray(copyFrom, copyEnd), held.bytesUsed);
      held.bytesUsed += copyEnd - copyFrom;
      held = undefined;
    };
    for (let end = this.#find(chunk, from); end < chunk.length; end = this.#find(chunk, lineFrom)) {
      const lineEnd = this.#withoutReturn(chunk, lineFrom, end);
      if (this.#counts(chunk, lineFrom, lineEnd)) {
        if (lineEnd - lineFrom > this.#options.maxLine) {
          copy();
          blocks.appendTooLong(this.#line);
        } else {
          if (held !== undefined && (held.count === held.capacity || !fits(held, lineEnd - copyFrom))) copy();
          if (held === undefined) {
            held = blocks.blockFor(lineEnd - lineFrom, this.#line);
            copyFrom = lineFrom;
          }
          const base = held.bytesUsed - copyFrom;
          blocks.add(held, base + lineFrom, base + lineEnd, this.#line);
          copyEnd = lineEnd;
        }
      }
      this.#line++;
      lineFrom = end + 1;
    }
    copy();
    return lineFrom;
  }

  /** The position of the next separator; the chunk's length if there is none. */
  #find(chunk: Uint8Array, from: number): number {
    const near = Math.min(chunk.length, from + nearBytes);
    for (let i = from; i < near; i++) if (chunk[i] === this.#separator) return i;
    if (near === chunk.length) return near;
    const at = chunk.indexOf(this.#separator, near);
    return at === -1 ? chunk.length : at;
  }

  /** Counts a line, and returns whether it is an item to run: not blank, in our shard, within the limit, not skipped. */
  #counts(bytes: Uint8Array, from: number, end: number): boolean {
    if (from === end) return false;
    if (bytes[from] <= space && isBlank(bytes, from, end)) return false;
    return this.#countsNonBlank();
  }

  #countsNonBlank(): boolean {
    const { shard, limit = Infinity, skipped } = this.#options;
    const seen = this.#seen++;
    if (shard !== undefined && seen % shard.count !== shard.index) return false;
    const item = this.#items++;
    return item < limit && (skipped === undefined || !this.#skips(skipped, item));
  }

  #skips(skipped: readonly Range[], item: number): boolean {
    while (this.#skipping < skipped.length && skipped[this.#skipping].end <= item) this.#skipping++;
    return this.#skipping < skipped.length && skipped[this.#skipping].first <= item;
  }

  #withoutReturn(bytes: Uint8Array, from: number, end: number): number {
    return end > from && bytes[end - 1] === carriageReturn && this.#separator === 10 ? end - 1 : end;
  }

  /** Keeps the beginning of a line, up to the maximum length of a line. */
  #keep(chunk: Uint8Array, from: number, end: number): void {
    if (from >= end) return;
    if (this.#tooLong) {
      this.#tooLongBlank &&= isBlank(chunk, from, end);
      return;
    }
    const length = this.#partialLength + end - from;
    if (length > this.#options.maxLine + 1) { // its last byte may be a carriage return
      this.#tooLong = true;
      this.#tooLongBlank = isBlank(this.#partial, 0, this.#partialLength) && isBlank(chunk, from, end);
      this.#partialLength = 0;
      this.#partial = new Uint8Array(1024);
      return;
    }
    if (length > this.#partial.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#partial.length));
      larger.set(this.#partial.subarray(0, this.#partialLength));
      this.#partial = larger;
    }
    this.#partial.set(chunk.subarray(from, end), this.#partialLength);
    this.#partialLength = length;
  }

  #endPartial(blocks: BlockStore): void {
    const end = this.#withoutReturn(this.#partial, 0, this.#partialLength);
    const counts = this.#tooLong ? !this.#tooLongBlank && this.#countsNonBlank() : this.#counts(this.#partial, 0, end);
    if (counts) {
      if (this.#tooLong || end > this.#options.maxLine) blocks.appendTooLong(this.#line);
      else blocks.append(this.#partial.subarray(0, end), this.#line);
    }
    this.#line++;
    this.#partialLength = 0;
    this.#tooLong = false;
  }
}

function fits(held: HeldBlock, bytes: number): boolean {
  return held.bytesUsed + bytes <= held.block.bytes.length;
}

/** Whether there are only spaces, tabs and other ASCII white space. */
function isBlank(bytes: Uint8Array, from: number, end: number): boolean {
  for (let i = from; i < end; i++) if (bytes[i] !== space && (bytes[i] < 9 || bytes[i] > carriageReturn)) return false;
  return true;
}
