import { endOf, isTooLong, lineOffsetOf, startOf } from "../../wire/block.ts";
import type { Place } from "../../wire/numbers.ts";
import type { Part } from "../../wire/part.ts";

/** Numbers per item in the table: where its bytes begin and end (both -1: it was too long), and its distance in lines. */
export const tableWords = 3;

/** The body of a frame of items: their table, and behind it their bytes. */
export function itemsBody(
  { held: { block }, from, range: { first, end } }: Part,
): readonly [table: Uint8Array, bytes: Uint8Array] {
  const count = end - first;
  let [low, high] = [Infinity, 0];
  for (let i = 0; i < count; i++) {
    const place = from + i as Place;
    if (isTooLong(block, place)) continue;
    low = Math.min(low, startOf(block, place));
    high = Math.max(high, endOf(block, place));
  }
  const table = new Int32Array(count * tableWords);
  for (let i = 0; i < count; i++) {
    const place = from + i as Place;
    const [start, stop] = isTooLong(block, place) ? [-1, -1] : [startOf(block, place) - low, endOf(block, place) - low];
    table.set([start, stop, lineOffsetOf(block, place)], i * tableWords);
  }
  return [new Uint8Array(table.buffer), block.bytes.subarray(Math.min(low, high), high)];
}
