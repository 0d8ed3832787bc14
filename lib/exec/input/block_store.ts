import type { Part, SharedBlock } from "../wire/part.ts";
import type { BlockId, BlockUse, ItemNumber, Line, LineOffset, Place } from "../wire/numbers.ts";
import { blockLength, endOf, isTooLong, lineOf, startOf, viewBlock, writeFrame, writeTooLong } from "../wire/block.ts";
import type { Range } from "../schedule/range_set.ts";

/** A block in use. Its items are `first` .. `first + count - 1`, at the places 0 .. `count - 1` of its table. */
export interface HeldBlock extends SharedBlock {
  use: BlockUse;
  firstLine: Line;
  first: ItemNumber;
  count: number;
  bytesUsed: number;
  /** Items that have not ended. */
  open: number;
}

/** A block holds many short items or a few long ones, so a message for each block costs little. */
const blockSize = { items: 4096, bytes: 512 * 1024 };

/** Keeps the bytes of all items that have not ended, in blocks of shared memory that are reused. */
export class BlockStore {
  readonly #size: typeof blockSize;
  readonly #held: HeldBlock[] = []; // by first item
  readonly #free: HeldBlock[] = [];
  #filling: HeldBlock | undefined;
  #made = 0;
  #uses = 0;
  /** How many items were ever added. */
  count = 0;
  /** Total bytes of all blocks taken into use so far, and of all blocks freed so far. */
  bytesTaken = 0;
  bytesFreed = 0;

  constructor(size = blockSize) {
    this.#size = size;
  }

  /** The block to write the next item to. It has room for `bytes` bytes; `line` is the item's line. */
  blockFor(bytes: number, line: Line): HeldBlock {
    const filling = this.#filling;
    if (filling !== undefined) {
      if (filling.open === 0) this.#use(filling, line);
      if (filling.count < filling.capacity && filling.bytesUsed + bytes <= filling.block.bytes.length) return filling;
      this.#filling = undefined;
      if (filling.open === 0) this.#release(filling);
    }
    const held = bytes > this.#size.bytes ? this.#make({ items: 1, bytes }, true) : this.#free.pop() ?? this.#make();
    this.#use(held, line);
    this.#held.push(held);
    this.#filling = held;
    this.bytesTaken += held.buffer.byteLength;
    return held;
  }

  /** Adds an item whose bytes are, or will be, in the block at `start` .. `end`. */
  add(held: HeldBlock, start: number, end: number, line: Line): void {
    writeFrame(held.block, held.count++ as Place, held.use, start, end, line - held.firstLine as LineOffset);
    held.open++;
    this.count++;
  }

  /** Adds an item with its bytes. */
  append(bytes: Uint8Array, line: Line): void {
    const held = this.blockFor(bytes.length, line);
    held.block.bytes.set(bytes, held.bytesUsed);
    this.add(held, held.bytesUsed, held.bytesUsed + bytes.length, line);
    held.bytesUsed += bytes.length;
  }

  /** Adds an item that was too long, without its bytes. */
  appendTooLong(line: Line): void {
    const held = this.blockFor(0, line);
    writeTooLong(held.block, held.count++ as Place, held.use, line - held.firstLine as LineOffset);
    held.open++;
    this.count++;
  }

  /** Splits a range into parts that each lie in one block. */
  *parts({ first, end }: Range): Generator<Part & { readonly held: HeldBlock }> {
    for (let item = first; item < end;) {
      const held = this.#find(item);
      const until = Math.min(end, held.first + held.count);
      yield { held, from: item - held.first as Place, range: { first: item, end: until } };
      item = until;
    }
  }

  /** The line of an item that has not ended. */
  lineOf(item: number): Line {
    const held = this.#find(item);
    return lineOf(held.block, item - held.first as Place, held.firstLine);
  }

  /** The bytes of an item that has not ended; undefined if they were too many to keep. */
  bytesOf(item: number): Uint8Array | undefined {
    const { block, first } = this.#find(item);
    const place = item - first as Place;
    return isTooLong(block, place) ? undefined : block.bytes.subarray(startOf(block, place), endOf(block, place));
  }

  /** Call when these items have ended: their memory can be reused. */
  end(range: Range): void {
    for (const { held, range: { first, end } } of [...this.parts(range)]) {
      held.open -= end - first;
      if (held.open === 0 && held !== this.#filling) this.#release(held);
    }
  }

  /** Removes all items; numbers begin at 0 again. No slot may hold any item. */
  clear(): void {
    for (const held of [...this.#held]) this.#release(held);
    this.#filling = undefined;
    this.count = 0;
  }

  /** Begins a new use of a block: all of its places are free. */
  #use(held: HeldBlock, line: Line): void {
    held.use = ++this.#uses as BlockUse;
    held.first = this.count as ItemNumber;
    held.firstLine = line;
    held.count = held.bytesUsed = 0;
  }

  #make({ items, bytes } = this.#size, once = false): HeldBlock {
    const buffer = new SharedArrayBuffer(blockLength(items, bytes));
    const id = (once ? -1 : this.#made++) as BlockId;
    const block = viewBlock(buffer, items);
    return {
      id,
      buffer,
      block,
      capacity: items,
      once,
      use: 0 as BlockUse,
      first: 0 as ItemNumber,
      firstLine: 1 as Line,
      count: 0,
      bytesUsed: 0,
      open: 0,
    };
  }

  #release(held: HeldBlock): void {
    this.#held.splice(this.#place(held.first), 1);
    this.bytesFreed += held.buffer.byteLength;
    held.open = 0;
    if (!held.once) this.#free.push(held);
  }

  #find(item: number): HeldBlock {
    return this.#held[this.#place(item)];
  }

  /** The index of the last held block that begins at `item` or below. */
  #place(item: number): number {
    let [low, high] = [0, this.#held.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#held[middle].first <= item) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
