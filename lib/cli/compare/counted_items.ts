import type { ItemList } from "../../bench/run_items.ts";

const encoder = new TextEncoder();

/** So many items share one buffer: a buffer of its own costs an item 4 us. */
const sharedBytes = 64 * 1024;
const maxDigits = 16; // of an integer up to 2^53

/** The numbers 0 to `length - 1` as JSON. Each is made when it is asked for, so that memory does not grow with `length`. */
export function countedItems(length: number): ItemList {
  let buffer = new Uint8Array(sharedBytes);
  let used = 0;
  return {
    length,
    at(place) {
      if (place >= length) return undefined;
      if (used + maxDigits > buffer.length) {
        buffer = new Uint8Array(sharedBytes);
        used = 0;
      }
      const from = used;
      used += encoder.encodeInto(String(place), buffer.subarray(from)).written;
      return buffer.subarray(from, used);
    },
  };
}
