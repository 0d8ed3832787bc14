import { endOf, isTooLong, startOf } from "../../../lib/exec/wire/block.ts";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import type { ItemCutter } from "../../../lib/exec/input/item_cutter.ts";

/** The bytes of an item as text with one code unit per byte; null if there were too many. */
export type Item = readonly [line: number, bytes: string | null];

/** What a cutter makes of inputs, and what it refuses. */
export interface Cut {
  readonly items: readonly Item[];
  readonly lines: number;
  readonly blank: number;
  readonly refused?: unknown;
}

/** What the cutter makes of inputs in these chunks, up to what it throws. */
export function cutItems(cutter: ItemCutter, inputs: readonly (readonly Uint8Array[])[]): Cut {
  const blocks = new BlockStore();
  let refused: unknown;
  try {
    for (const chunks of inputs) {
      cutter.startInput();
      for (const chunk of chunks) {
        const buffer = chunk.slice();
        try {
          cutter.cut(buffer, blocks);
        } finally {
          buffer.fill(120); // readers reuse their buffers
        }
      }
      cutter.endInput(blocks);
    }
  } catch (error) {
    refused = error;
  }
  const items = Array.from({ length: blocks.count }, (_, item): Item => {
    const [{ held: { block }, from }] = blocks.parts({ first: item, end: item + 1 });
    const bytes = block.bytes.subarray(startOf(block, from), endOf(block, from));
    return [blocks.lineOf(item), isTooLong(block, from) ? null : textOf(bytes)];
  });
  const { lines, blank } = cutter;
  return refused === undefined ? { items, lines, blank } : { items, lines, blank, refused };
}

/** One code unit per byte. */
export function textOf(bytes: Uint8Array): string {
  let units = "";
  for (const byte of bytes) units += String.fromCharCode(byte);
  return units;
}

export function bytesOf(units: string): Uint8Array {
  return Uint8Array.from(units, (unit) => unit.charCodeAt(0));
}

/** Cuts at these places. */
export function chunksOf(input: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (input.length + 1)).toSorted((a, b) => a - b), input.length];
  return ends.map((end, i) => input.subarray(ends[i - 1] ?? 0, end));
}
