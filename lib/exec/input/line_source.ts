import type { ByteReader } from "./byte_reader.ts";
import type { BlockStore } from "./block_store.ts";
import type { ItemCutter } from "./item_cutter.ts";
import type { ItemSource } from "./item_source.ts";

/** Parts of inputs as items. */
export interface LineSourceOptions {
  readonly cutter: ItemCutter;
  /** Opens the next input; undefined if there is none. Line numbers continue over all inputs. */
  readonly next: () => Promise<ByteReader | undefined>;
  /**
   * While this returns true, items are read but not passed on, however many there are. Then all of them are passed on, or none
   * if reading fails.
   */
  readonly holdsBack?: () => boolean;
}

/** What has been read so far. */
export interface LineCounts {
  readonly lines: number;
  readonly blank: number;
  /** Items of all shards. */
  readonly items: number;
  readonly bytes: number;
  /** The bytes of the inputs that these came from: fewer if an input is compressed. */
  readonly taken: number;
}

/** A source of lines, and how many it has read. */
export interface LineSource extends ItemSource {
  counts(): LineCounts;
  /** Which input a line that has been read is of, from 0; and which of its lines it is, from 1. */
  placeOf(line: number): { readonly input: number; readonly line: number };
}

const chunkBytes = 512 * 1024;

/** Reads the items of inputs, one input after the other. While one chunk is cut, the next one is being read. */
export function lineSource(options: LineSourceOptions): LineSource {
  const { cutter } = options;
  let buffers = [new Uint8Array(chunkBytes), new Uint8Array(chunkBytes)];
  let reader: ByteReader | undefined;
  let reading: Promise<number | null> | undefined;
  let bytes = 0;
  let taken = 0; // of the inputs before
  let takenNow = 0;
  const firstLines: number[] = []; // of each input so far

  const holdsBack = () => options.holdsBack?.() ?? false;
  const isFull = () => cutter.selection.isFull && !holdsBack();

  async function read(blocks: BlockStore): Promise<boolean> {
    const heldBack = holdsBack();
    try {
      while (true) {
        const more = await readChunk(blocks);
        if (!more || !holdsBack()) return more;
      }
    } catch (error) {
      if (heldBack) blocks.clear();
      throw error;
    }
  }

  async function readChunk(blocks: BlockStore): Promise<boolean> {
    if (isFull()) return end();
    if (reader === undefined) {
      reader = await options.next();
      if (reader === undefined) return false;
      cutter.startInput();
      firstLines.push(cutter.lines + 1);
    }
    const [buffer, other] = buffers;
    const count = await (reading ?? reader.read(buffer));
    reading = undefined;
    if (count === null) {
      cutter.endInput(blocks);
      reader.close();
      reader = undefined;
      taken += takenNow;
      takenNow = 0;
    } else {
      buffers = [other, buffer];
      takenNow = reader.taken?.() ?? takenNow + count; // before the next read takes more
      reading = reader.read(other);
      reading.catch(() => {}); // thrown where it is awaited
      bytes += count;
      cutter.cut(buffer.subarray(0, count), blocks);
    }
    return !isFull() || end();
  }

  function end(): false {
    reader?.close();
    reader = undefined;
    return false;
  }

  /** An input without lines has the first line of the next one, and is passed over. */
  function placeOf(line: number) {
    let [low, high] = [0, firstLines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (firstLines[middle] <= line) low = middle;
      else high = middle - 1;
    }
    return { input: low, line: line - firstLines[low] + 1 };
  }

  function counts(): LineCounts {
    return { lines: cutter.lines, blank: cutter.blank, items: cutter.selection.seen, bytes, taken: taken + takenNow };
  }

  return { read, close: end, placeOf, counts };
}
