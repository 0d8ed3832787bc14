import { assertEquals } from "@std/assert";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { n } from "../numbers.ts";

const heldOf = (blocks: BlockStore, item: number) => [...blocks.parts({ first: item, end: item + 1 })][0].held;

Deno.test("block store: shared blocks are numbered from 0, in the order in which they were made; those of one item have no number", () => {
  const blocks = new BlockStore({ items: 2, bytes: 8 });
  for (let line = 1; line <= 6; line++) blocks.append(new Uint8Array(line === 6 ? 9 : 1), n(line));
  assertEquals([0, 1, 2, 3, 4, 5].map((item) => heldOf(blocks, item).id as number), [0, 0, 1, 1, 2, -1]);
});

Deno.test("block store: while items end as they come, each is at the beginning of the same memory, with its own line", () => {
  const blocks = new BlockStore({ items: 3, bytes: 8 });
  const first = blocks.blockFor(5, n(1));
  const taken = blocks.bytesTaken;
  for (let item = 0; item < 4; item++) {
    blocks.append(new Uint8Array(5), n(10 + item));
    const held = heldOf(blocks, item);
    const places = [held.count, held.bytesUsed, blocks.lineOf(item)] as number[];
    assertEquals([held === first, ...places], [true, 1, 5, 10 + item]);
    blocks.end({ first: item, end: item + 1 });
  }
  assertEquals([blocks.bytesTaken, blocks.bytesFreed], [taken, 0]);
});

Deno.test("block store: each use of a block has a number of its own", () => {
  const blocks = new BlockStore({ items: 1, bytes: 8 });
  const uses = new Set<number>();
  for (let item = 0; item < 5; item++) {
    blocks.append(Uint8Array.of(1), n(item + 1));
    uses.add(heldOf(blocks, item).use);
    blocks.end({ first: item, end: item + 1 });
  }
  assertEquals(uses.size, 5);
});

Deno.test("block store: lines are exact, however many there are, and also where they begin at 1 again", () => {
  const blocks = new BlockStore({ items: 2, bytes: 8 });
  const lines = [5_000_000_000, 5_000_000_007, 9_000_000_000, 9_000_000_001];
  for (const line of lines) blocks.append(Uint8Array.of(1), n(line));
  assertEquals(lines.map((_, item) => blocks.lineOf(item) as number), lines);
  blocks.clear();
  for (const line of [1, 2, 3]) blocks.append(Uint8Array.of(1), n(line));
  assertEquals([0, 1, 2].map((item) => blocks.lineOf(item) as number), [1, 2, 3]);
});

Deno.test("block store: memory that was freed before all is cleared is freed once", () => {
  const blocks = new BlockStore({ items: 2, bytes: 8 });
  for (let line = 1; line <= 6; line++) blocks.append(Uint8Array.of(1), n(line));
  blocks.end({ first: 0, end: 2 });
  blocks.clear();
  assertEquals([blocks.count, blocks.bytesTaken - blocks.bytesFreed], [0, 0]);
});

Deno.test("block store: the bytes of an item can be asked for until it has ended; too long ones have none", () => {
  const blocks = new BlockStore({ items: 4, bytes: 8 });
  blocks.append(Uint8Array.of(1, 2), n(1));
  blocks.appendTooLong(n(2));
  blocks.append(new Uint8Array(), n(3));
  assertEquals([0, 1, 2].map((item) => blocks.bytesOf(item)), [Uint8Array.of(1, 2), undefined, new Uint8Array()]);
});
