import { blockLength, viewBlock, writeFrame, writeTooLong } from "../../wire/block.ts";
import type { BlockId, BlockUse, Line, LineOffset, Place } from "../../wire/numbers.ts";
import type { Part, SharedBlock } from "../../wire/part.ts";
import { type Range, RangeSet } from "../../schedule/range_set.ts";
import { tableWords } from "./items_body.ts";

/** Memory that holds the items of several frames. */
interface Storage {
  readonly id: BlockId;
  readonly buffer: SharedArrayBuffer;
  readonly capacity: number;
  readonly once: boolean;
  /** The number of the current use; each use has a different number. */
  use: BlockUse;
  places: number;
  bytes: number;
  /** Items that have not ended. */
  open: number;
}

/** A frame's description of its items: their numbers, and the line of the first place in their table. */
interface RelayedItems {
  readonly first: number;
  readonly count: number;
  readonly firstLine: Line;
}

/** The items of one frame: `first` .. `end - 1`, at the places of their storage that begin at `from`. */
interface Segment extends Range {
  readonly from: Place;
  readonly storage: Storage;
  readonly held: SharedBlock;
  readonly left: RangeSet;
}

const storageSize = { items: 4096, bytes: 512 * 1024 };

/**
 * The items of a slot in its own process: copies of what main sent, in memory that this process shares with the slot's
 * thread. The memory is reused when its items have ended or were taken back.
 */
export class RelayBlocks {
  readonly #size: typeof storageSize;
  readonly #segments: Segment[] = [];
  readonly #free: Storage[] = [];
  #filling: Storage | undefined;
  #made = 0;
  #uses = 0;

  constructor(size = storageSize) {
    this.#size = size;
  }

  /** Stores the items of a frame. `body` contains their table, followed by their bytes. */
  add({ first, count, firstLine }: RelayedItems, body: Uint8Array): Part {
    const table = new Int32Array(body.buffer, body.byteOffset, count * tableWords);
    const bytes = body.subarray(table.byteLength);
    const storage = this.#storageFor(count, bytes.length);
    const { id, buffer, capacity, once, use, bytes: shift } = storage;
    const from = storage.places as Place;
    const block = viewBlock(buffer, capacity);
    block.bytes.set(bytes, shift);
    for (let i = 0; i < count; i++) {
      const [start, end, line] = table.subarray(i * tableWords, (i + 1) * tableWords);
      const [place, offset] = [from + i as Place, line as LineOffset];
      if (start < 0) writeTooLong(block, place, use, offset);
      else writeFrame(block, place, use, start + shift, end + shift, offset);
    }
    storage.places += count;
    storage.bytes += bytes.length;
    storage.open += count;
    const range = { first, end: first + count };
    const left = new RangeSet();
    left.add(range.first, range.end);
    const held: SharedBlock = { id, buffer, block, capacity, once, use, firstLine };
    this.#segments.push({ ...range, from, storage, held, left });
    return { held, from, range };
  }

  /** The parts of these items that are contiguous in memory, without the items that have ended. */
  parts(ranges: readonly Range[]): Part[] {
    const parts: Part[] = [];
    for (const range of ranges) {
      for (const { first, from, held, left } of this.#segments) {
        for (const one of left.ranges) {
          const common = { first: Math.max(one.first, range.first), end: Math.min(one.end, range.end) };
          if (common.first < common.end) {
            parts.push({ held, from: from + common.first - first as Place, range: common });
          }
        }
      }
    }
    return parts;
  }

  /** All items that have not ended. */
  get open(): Part[] {
    return this.parts([{ first: 0, end: Infinity }]);
  }

  /** Call when these items have ended or were taken back. */
  end({ first, end }: Range): void {
    for (let i = this.#segments.length - 1; i >= 0; i--) {
      const { left, storage } = this.#segments[i];
      storage.open -= left.remove(first, end);
      if (left.size === 0) this.#segments.splice(i, 1);
      if (storage.open === 0 && storage !== this.#filling) this.#release(storage);
    }
  }

  #storageFor(items: number, bytes: number): Storage {
    const filling = this.#filling;
    if (filling !== undefined) {
      if (filling.open === 0) this.#empty(filling);
      if (filling.places + items <= filling.capacity && filling.bytes + bytes <= this.#size.bytes) return filling;
      this.#filling = undefined;
      if (filling.open === 0) this.#release(filling);
    }
    if (items > this.#size.items || bytes > this.#size.bytes) return this.#make(items, bytes, true);
    return this.#filling = this.#free.pop() ?? this.#make(this.#size.items, this.#size.bytes, false);
  }

  #make(capacity: number, bytes: number, once: boolean): Storage {
    const buffer = new SharedArrayBuffer(blockLength(capacity, bytes));
    const id = (once ? -1 : this.#made++) as BlockId;
    const use = ++this.#uses as BlockUse;
    return { id, buffer, capacity, once, use, places: 0, bytes: 0, open: 0 };
  }

  #empty(storage: Storage): void {
    storage.use = ++this.#uses as BlockUse;
    storage.places = storage.bytes = 0;
  }

  #release(storage: Storage): void {
    this.#empty(storage);
    if (!storage.once) this.#free.push(storage);
  }
}
