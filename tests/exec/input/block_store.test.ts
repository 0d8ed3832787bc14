import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { endOf, isTooLong, startOf } from "../../../lib/exec/wire/block.ts";
import { n } from "../numbers.ts";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";

/** The maximum bytes of an item that shares a block, and the maximum number of items in a block. */
const [blockBytes, blockItems] = [512 * 1024, 4096];

function append(blocks: BlockStore, length: number, fill = 0, line = blocks.count + 1): void {
  blocks.append(new Uint8Array(length).fill(fill), n(line));
}

/** The bytes of one item; undefined if it was too long. */
function bytesOf(blocks: BlockStore, item: number): Uint8Array | undefined {
  const [{ held: { block }, from }] = blocks.parts({ first: item, end: item + 1 });
  return isTooLong(block, from) ? undefined : block.bytes.subarray(startOf(block, from), endOf(block, from));
}

function buffersOf(blocks: BlockStore, first: number, end: number): SharedArrayBuffer[] {
  return [...blocks.parts({ first, end })].map(({ held }) => held.buffer);
}

Deno.test("block store: each part of a range lies in one block, and the parts cover the range", () => {
  const blocks = new BlockStore();
  for (let i = 0; i < 2 * blockItems + 10; i++) append(blocks, 1);
  const parts = [...blocks.parts({ first: 4000, end: 8195 })];
  assertEquals(parts.map(({ from, range: { first, end } }) => [from, first, end]), [
    [4000, 4000, 4096],
    [0, 4096, 8192],
    [0, 8192, 8195],
  ]);
  assertEquals(new Set(parts.map(({ held }) => held.id)).size, 3);
});

Deno.test("block store: a block is full when its items or its bytes are", () => {
  const blocks = new BlockStore();
  append(blocks, blockBytes - 1);
  append(blocks, 1); // fills it to the last byte
  append(blocks, 1);
  append(blocks, blockBytes); // as long as a block
  const [a, b, c, d] = [0, 1, 2, 3].map((item) => buffersOf(blocks, item, item + 1)[0]);
  assert(a === b && b !== c && c !== d);
});

Deno.test("block store: a block is reused when its last item has ended, not before", () => {
  const blocks = new BlockStore();
  for (let i = 0; i < 2 * blockItems; i++) append(blocks, 1, 1);
  const [first] = buffersOf(blocks, 0, 1);
  blocks.end({ first: 1, end: blockItems });
  append(blocks, 1, 2);
  assert(buffersOf(blocks, 2 * blockItems, 2 * blockItems + 1)[0] !== first);
  assertEquals(bytesOf(blocks, 0), Uint8Array.of(1));
  blocks.end({ first: 0, end: 1 });
  for (let i = 1; i < blockItems; i++) append(blocks, 1, 3);
  append(blocks, 1, 4, 50_000);
  assert(buffersOf(blocks, 3 * blockItems, 3 * blockItems + 1)[0] === first);
  assertEquals([bytesOf(blocks, 3 * blockItems), blocks.lineOf(3 * blockItems)], [Uint8Array.of(4), 50_000]);
});

Deno.test("block store: items that end one by one never need a second block", () => {
  const blocks = new BlockStore();
  const buffers = new Set<SharedArrayBuffer>();
  for (let item = 0; item < 10_000; item++) {
    append(blocks, 1000);
    buffers.add(buffersOf(blocks, item, item + 1)[0]);
    blocks.end({ first: item, end: item + 1 });
  }
  assertEquals(buffers.size, 1);
});

Deno.test("block store: a long item has its own block, whose memory is released", () => {
  const blocks = new BlockStore();
  append(blocks, 10);
  append(blocks, blockBytes + 1, 7);
  append(blocks, 10);
  const [{ held }] = blocks.parts({ first: 1, end: 2 });
  assert(held.once && held.buffer.byteLength < blockBytes + 100);
  assertEquals(bytesOf(blocks, 1), new Uint8Array(blockBytes + 1).fill(7));
  const freed = blocks.bytesFreed;
  blocks.end({ first: 1, end: 2 });
  assertEquals(blocks.bytesFreed - freed, held.buffer.byteLength);
  append(blocks, blockBytes + 1);
  assert(buffersOf(blocks, 3, 4)[0] !== held.buffer);
});

Deno.test("block store: a block whose items have all ended is free if the next item needs a block of its own", () => {
  const blocks = new BlockStore();
  append(blocks, 10);
  const [shared] = buffersOf(blocks, 0, 1);
  blocks.end({ first: 0, end: 1 });
  append(blocks, blockBytes + 1);
  const [own] = buffersOf(blocks, 1, 2);
  assertEquals(blocks.bytesTaken - blocks.bytesFreed, own.byteLength);
  append(blocks, 10);
  assert(buffersOf(blocks, 2, 3)[0] === shared);
});

Deno.test("block store: an item that was too long has a line and no bytes", () => {
  const blocks = new BlockStore();
  append(blocks, 1);
  blocks.appendTooLong(n(9));
  assertEquals([bytesOf(blocks, 1), blocks.lineOf(1), blocks.count], [undefined, 9, 2]);
});

Deno.test("block store: after clear() it counts from 0 again and keeps its memory", () => {
  const blocks = new BlockStore();
  for (let i = 0; i < 5000; i++) append(blocks, 1);
  const buffers = buffersOf(blocks, 0, 5000);
  blocks.clear();
  assertEquals([blocks.count, blocks.bytesTaken - blocks.bytesFreed], [0, 0]);
  for (let i = 0; i < 5000; i++) append(blocks, 2, 9);
  assertEquals(bytesOf(blocks, 4999), Uint8Array.of(9, 9));
  assertEquals(new Set([...buffers, ...buffersOf(blocks, 0, 5000)]).size, 2);
});

const step = fc.oneof(
  fc.record({ append: fc.constantFrom(0, 1, 100_000, 300_000, blockBytes, blockBytes + 1), times: fc.nat(4) }),
  fc.record({ end: fc.nat(1000), times: fc.nat(6) }),
  fc.constant({ tooLong: true }),
);

Deno.test("block store: in any order, items keep their bytes and lines, and memory stays close to what is in use", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const blocks = new BlockStore();
      const open = new Map<number, number>(); // item -> length; -1: too long
      const line = (item: number) => 3 * item + 5;
      for (const step of steps) {
        if ("append" in step) {
          for (let i = 0; i < step.times; i++) {
            open.set(blocks.count, step.append);
            append(blocks, step.append, blocks.count % 256, line(blocks.count));
          }
        } else if ("end" in step) {
          for (let i = 0; i < step.times && open.size > 0; i++) {
            const item = [...open.keys()][step.end % open.size];
            open.delete(item);
            blocks.end({ first: item, end: item + 1 });
          }
        } else {
          open.set(blocks.count, -1);
          blocks.appendTooLong(n(line(blocks.count)));
        }
        const used = new Map(
          [...open.keys()].flatMap((item) => [...blocks.parts({ first: item, end: item + 1 })])
            .map(({ held }) => [held.buffer, held] as const),
        );
        const inUse = [...used.keys()].reduce((sum, { byteLength }) => sum + byteLength, 0);
        const kept = blocks.bytesTaken - blocks.bytesFreed;
        assert(kept - inUse <= 700_000, `${kept} bytes are kept for ${inUse}`); // one block is being filled
      }
      for (const [item, length] of open) {
        const bytes = bytesOf(blocks, item);
        assertEquals([bytes?.length ?? -1, blocks.lineOf(item)], [length, line(item)]);
        assert(bytes?.every((byte) => byte === item % 256) ?? true);
      }
    }),
    { numRuns: 100 },
  );
});
