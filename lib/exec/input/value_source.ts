import type { Line } from "../wire/numbers.ts";
import { nextTurn } from "../../clock.ts";
import { messageOf } from "../../errors.ts";
import type { BlockStore } from "./block_store.ts";
import type { ItemSource } from "./item_source.ts";

/** How one item becomes bytes. */
export type EncodeItem = (item: unknown, index: number) => Uint8Array;

/** How many items are read, at most, before they go to the slots. */
const maxItemsAtOnce = 1024;

/** And most memory that they take: part of what may wait in all (`windowBytes`), so that few large items are not far too many. */
const maxBytesAtOnce = 1024 * 1024;

const encoder = new TextEncoder();
const nullBytes = encoder.encode("null");

/**
 * Items that must be JSON values.
 *
 * @throws {TypeError} one is not: a function, a BigInt, a cycle
 */
export function encodeJsonItem(item: unknown, index: number): Uint8Array {
  let text: string | undefined;
  try {
    text = JSON.stringify(item);
  } catch (error) {
    throw notEncodable(index, messageOf(error));
  }
  if (text !== undefined) return encoder.encode(text);
  if (item === undefined) return nullBytes;
  throw notEncodable(index, `it is a ${typeof item}`);
}

/** Items that are bytes already. */
export function encodeBytesItem(item: unknown, index: number): Uint8Array {
  if (item instanceof Uint8Array) return item;
  throw new TypeError(`item ${index} is no Uint8Array; give one, or take input: "json"`);
}

function notEncodable(index: number, why: string): TypeError {
  return new TypeError(`item ${index} is not JSON: ${why}; give plain data, or bytes with input: "bytes"`);
}

/** The values of an iterable as items. An async one is read until it makes us wait, so that few messages carry many items. */
export function valueSource(items: AsyncIterable<unknown> | Iterable<unknown>, encode: EncodeItem): ItemSource {
  const iterator = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let asked: Promise<IteratorResult<unknown>> | undefined; // one request at a time, also over several reads
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
      void Promise.try(() => iterator.return?.()).catch(() => {}); // nobody is left who wants to know
    },
  };
}
