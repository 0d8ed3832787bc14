import { assertEquals } from "@std/assert";
import { itemsBody } from "../../../../lib/exec/host/process/items_body.ts";
import { RelayBlocks } from "../../../../lib/exec/host/process/relay_blocks.ts";
import type { Part } from "../../../../lib/exec/wire/part.ts";
import { n } from "../../numbers.ts";

const firstLine = n<Part["held"]["firstLine"]>(1);
const encoder = new TextEncoder();

/** Three items, the second of which was too long, behind others in the same memory. */
function threeItems(): Part {
  const blocks = new RelayBlocks();
  blocks.add({ first: 0, count: 1, firstLine }, Uint8Array.from([...words(0, 5, 0), ...encoder.encode("other")]));
  const body = [...words(0, 3, 0, -1, -1, 2, 3, 5, 3), ...encoder.encode("abcde")];
  return blocks.add({ first: 1, count: 3, firstLine }, Uint8Array.from(body));
}

const words = (...numbers: number[]) => new Uint8Array(Int32Array.from(numbers).buffer);

/** The numbers of the table, and the text of the bytes. */
function read([table, bytes]: readonly [Uint8Array, Uint8Array]) {
  return [[...new Int32Array(table.buffer)], new TextDecoder().decode(bytes.slice())];
}

Deno.test("items body: a table of what begins and ends where, and the bytes of these items alone", () => {
  const part = threeItems();
  assertEquals(read(itemsBody(part)), [[0, 3, 0, -1, -1, 2, 3, 5, 3], "abcde"]);
  const last = { ...part, from: n<Part["from"]>(part.from + 1), range: { first: 2, end: 4 } };
  assertEquals(read(itemsBody(last)), [[-1, -1, 2, 0, 2, 3], "de"]);
});

Deno.test("items body: items that were all too long have no bytes", () => {
  const part = threeItems();
  const long = { ...part, from: n<Part["from"]>(part.from + 1), range: { first: 2, end: 3 } };
  assertEquals(read(itemsBody(long)), [[-1, -1, 2], ""]);
});
