import type { Line } from "../wire/numbers.ts";
import type { BlockStore, HeldBlock } from "./block_store.ts";
import { ByteOrderMark } from "./byte_order_mark.ts";
import type { ItemCutter, ItemOptions } from "./item_cutter.ts";
import { ItemSelection } from "./item_selection.ts";

/** How lines are cut, and which lines become items. */
export interface LineOptions extends ItemOptions {
  readonly separator: "\n" | "\0";
}

/** For separators within this distance a loop is faster; for distant ones `indexOf` is. */
const nearBytes = 48;

const [carriageReturn, space] = [13, 32];

/** Cuts chunks of bytes into lines: each that is not blank is an item. */
export class LineCutter implements ItemCutter {
  readonly selection: ItemSelection;
  readonly #options: LineOptions;
  readonly #mark = new ByteOrderMark();
  readonly #separator: number;
  /** The beginning of a line that has not ended yet. */
  #partial = new Uint8Array(1024);
  #partialLength = 0;
  #tooLong = false;
  /** Whether a line that is too long has been blank so far. */
  #tooLongBlank = false;
  #line = 1 as Line;

  constructor(options: LineOptions) {
    this.#options = options;
    this.selection = new ItemSelection(options);
    this.#separator = options.separator.charCodeAt(0);
  }

  get lines(): number {
    return this.#line - 1;
  }

  get blank(): number {
    return this.lines - this.selection.seen;
  }

  startInput(): void {
    this.#mark.startInput();
  }

  /** Ends the input, and with it the last line, even without a separator. */
  endInput(blocks: BlockStore): void {
    this.#cut(this.#mark.endInput(), blocks);
    if (this.#partialLength > 0 || this.#tooLong) this.#endPartial(blocks);
  }

  cut(chunk: Uint8Array, blocks: BlockStore): void {
    for (const part of this.#mark.skip(chunk)) this.#cut(part, blocks);
  }

  #cut(chunk: Uint8Array, blocks: BlockStore): void {
    let from = 0;
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
    return this.selection.takesNext();
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
    const counts = this.#tooLong
      ? !this.#tooLongBlank && this.selection.takesNext()
      : this.#counts(this.#partial, 0, end);
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
