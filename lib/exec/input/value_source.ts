import type { Line } from "../wire/numbers.ts";
import { nextTurn } from "../../clock.ts";
import { messageOf } from "../../errors.ts";
import type { BlockStore } from "./block_store.ts";
import type { ItemSource } from "./item_source.ts";
import { unlikeJson } from "../../plain_items.ts";

/** How one item becomes bytes. */
export type EncodeItem = (item: unknown, index: number) => Uint8Array;

/** Maximum number of items that are read before they go to the slots. */
const maxItemsAtOnce = 1024;

/** Maximum memory of these items: a part of `windowBytes`, so that large items do not exceed it by much. */
const maxBytesAtOnce = 1024 * 1024;

const encoder = new TextEncoder();

/**
 * Encodes an item that must be a JSON value: that JSON gives back as it is.
 *
 * @throws {TypeError} it is not, or holds what is not: NaN, a function, a BigInt, a Date, a Map, a cycle
 */
export function encodeJsonItem(item: unknown, index: number): Uint8Array {
  let found: string | undefined;
  try {
    found = unlikeJson(item);
    if (found === undefined) return encoder.encode(JSON.stringify(item));
  } catch (error) {
    throw notEncodable(index, messageOf(error)); // of a getter or a Proxy
  }
  throw notEncodable(index, `items[${index}]${found}`);
}

/** Checks that an item is bytes. */
export function encodeBytesItem(item: unknown, index: number): Uint8Array {
  if (item instanceof Uint8Array) return item;
  throw new TypeError(`item ${index} is not a Uint8Array; give one, or use input: "json"`);
}

function notEncodable(index: number, why: string): TypeError {
  return new TypeError(`item ${index} is not JSON: ${why}; give plain data, or bytes with input: "bytes"`);
}

/**
 * The values of an iterable as items. An async iterable is read until its next value is not available at once, so that few
 * messages carry many items.
 */
export function valueSource(items: AsyncIterable<unknown> | Iterable<unknown>, encode: EncodeItem): ItemSource {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let asked: Promise<IteratorResult<unknown>> | undefined; // one request at a time, even over several reads
  let index = 0;

  async function read(blocks: BlockStore): Promise<boolean> {
    const turn = nextTurn().then(() => "waits" as const);
    const before = blocks.bytesTaken;
    for (let count = 0; count < maxItemsAtOnce && blocks.bytesTaken - before < maxBytesAtOnce; count++) {
      const step = asked ?? iterator.next();
      if (!("then" in step)) {
        if (step.done) return false;
        append(step.value, blocks);
        continue;
      }
      asked = step;
      const first = count === 0 ? await asked : await Promise.race([asked, turn]);
      if (first === "waits") return true;
      asked = undefined;
      if (first.done) return false;
      append(first.value, blocks);
    }
    return true;
  }

  function append(item: unknown, blocks: BlockStore): void {
    blocks.append(encode(item, index), ++index as Line);
  }

  return {
    read,
    close() {
      void Promise.try(() => iterator.return?.()).catch(() => {}); // the run is over, so nobody handles an error
    },
  };
}
