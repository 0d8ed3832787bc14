import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { RelayBlocks } from "../../../../lib/exec/host/process/relay_blocks.ts";
import { endOf, isTooLong, lineOf, startOf } from "../../../../lib/exec/wire/block.ts";
import type { Part } from "../../../../lib/exec/wire/part.ts";
import { n } from "../../numbers.ts";

/** The bytes of each item of a frame; undefined: it was too long. */
type Items = readonly (Uint8Array | undefined)[];

/** The body of a frame with these items, in lines 0, 2, 4 ... after its first one. */
function bodyOf(items: Items): Uint8Array {
  let at = 0;
  const table = items.flatMap((bytes, i) => {
    if (bytes === undefined) return [-1, -1, 2 * i];
    const start = at;
    at += bytes.length;
    return [start, at, 2 * i];
  });
  return Uint8Array.from([
    ...new Uint8Array(Int32Array.from(table).buffer),
    ...items.flatMap((bytes) => [...bytes ?? []]),
  ]);
}

/** What the parts say of each item, as the thread reads them. */
function itemsIn(parts: readonly Part[]): [item: number, line: number, ...bytes: number[]][] {
  for (const { range } of parts) assert(range.first < range.end, "no part is empty");
  return parts.flatMap(({ held: { block, firstLine }, from, range: { first, end } }) =>
    Array.from({ length: end - first }, (_, i): [number, number, ...number[]] => {
      const place = n<Part["from"]>(from + i);
      const bytes = isTooLong(block, place) ? [-1] : block.bytes.subarray(startOf(block, place), endOf(block, place));
      return [first + i, lineOf(block, place, firstLine), ...bytes];
    })
  );
}

const byNumber = ([a]: readonly number[], [b]: readonly number[]) => a - b;

const size = { items: 4, bytes: 20 };
const item = fc.option(fc.uint8Array({ maxLength: 8 }), { nil: undefined });
const change = fc.oneof(
  fc.record({ add: fc.array(item, { minLength: 1, maxLength: 6 }), gap: fc.nat(2) }),
  fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), count: fc.integer({ min: 1, max: 8 }) }),
);

Deno.test("relay blocks: each item has its bytes and line until it has ended, and no item after it the same place in one use", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
      const blocks = new RelayBlocks(size);
      const open = new Map<number, [item: number, line: number, ...bytes: number[]]>();
      const places = new Set<string>();
      const memory = new Map<SharedArrayBuffer, number>();
      let next = 0;
      for (const change of changes) {
        if ("add" in change) {
          const { add, gap } = change;
          const first = next + gap;
          const firstLine = n<Part["held"]["firstLine"]>(10 * first + 1);
          const part = blocks.add({ first, count: add.length, firstLine }, bodyOf(add));
          next = first + add.length;
          const all = add.map((bytes, i): [number, number, ...number[]] => [
            first + i,
            firstLine + 2 * i,
            ...bytes ?? [-1],
          ]);
          assertEquals(itemsIn([part]), all);
          for (const one of all) open.set(one[0], one);
          const { held: { id, buffer, capacity, once, use }, from } = part;
          assertEquals(once, id === -1);
          assert(from + add.length <= capacity);
          for (let i = 0; i < add.length; i++) places.add(`${use} ${from + i}`);
          if (!once) assertEquals(memory.get(buffer) ?? id, id, "an id is one block's");
          if (!once) memory.set(buffer, id);
        } else {
          const first = Math.floor(change.from * next);
          blocks.end({ first, end: first + change.count });
          for (let i = 0; i < change.count; i++) open.delete(first + i);
        }
        assertEquals(itemsIn(blocks.open).sort(byNumber), [...open.values()].sort(byNumber));
        const some = [{ first: 2, end: 5 }, { first: next - 3, end: next - 1 }];
        const wanted = some.flatMap(({ first, end }) => [...open.values()].filter(([i]) => first <= i && i < end));
        assertEquals(itemsIn(blocks.parts(some)).sort(byNumber), wanted.sort(byNumber));
      }
      const added = changes.reduce((sum, change) => sum + ("add" in change ? change.add.length : 0), 0);
      assertEquals(places.size, added, "a place is used once in one use");
      assertEquals(new Set(memory.values()).size, memory.size);
    }),
    { numRuns: 200 },
  );
});

/** Adds frames of three items with five bytes each, one after the other; returns where they stand. */
function frames(blocks: RelayBlocks, count: number, between: (end: number) => void = () => {}): Part[] {
  return Array.from({ length: count }, (_, frame) => {
    const first = 3 * frame;
    const part = blocks.add({ first, count: 3, firstLine: n(1) }, bodyOf(Array(3).fill(new Uint8Array(5))));
    between(first + 3);
    return part;
  });
}

const buffersOf = (parts: readonly Part[]) => new Set(parts.map(({ held: { buffer } }) => buffer)).size;

Deno.test("relay blocks: memory is filled before more is taken, and used again when its items have ended", () => {
  const room = { items: 9, bytes: 45 };
  assertEquals(buffersOf(frames(new RelayBlocks(room), 6)), 2, "three frames fill one");
  assertEquals(buffersOf(frames(new RelayBlocks({ items: 8, bytes: 45 }), 6)), 3, "the third has no place");
  assertEquals(buffersOf(frames(new RelayBlocks({ items: 9, bytes: 44 }), 6)), 3, "nor bytes");

  const atOnce = new RelayBlocks(room);
  assertEquals(buffersOf(frames(atOnce, 30, (end) => atOnce.end({ first: 0, end }))), 1);
  const later = new RelayBlocks(room);
  assertEquals(buffersOf(frames(later, 60, (end) => later.end({ first: 0, end: end - 9 }))), 2);
});

Deno.test("relay blocks: items that fit in no block get memory of their own, which is used once", () => {
  const blocks = new RelayBlocks({ items: 9, bytes: 45 });
  const before = frames(blocks, 1);
  const long = blocks.add({ first: 3, count: 1, firstLine: n(1) }, bodyOf([new Uint8Array(46)]));
  const many = blocks.add({ first: 4, count: 10, firstLine: n(1) }, bodyOf(Array(10).fill(new Uint8Array())));
  assertEquals([long, many].map(({ held: { id, once, capacity } }) => [Number(id), once, capacity]), [
    [-1, true, 1],
    [-1, true, 10],
  ]);
  blocks.end({ first: 0, end: 14 });
  const after = frames(blocks, 6);
  assertEquals(buffersOf([...before, long, many, ...after]), 4, "the two, and two that are filled");
});

Deno.test("relay blocks: memory is used again when its items have ended, and by one frame at a time", () => {
  for (const behind of [0, 3]) {
    const blocks = new RelayBlocks(size);
    const buffers = new Set<SharedArrayBuffer>();
    const open: Part[] = [];
    for (let first = 0; first < 400; first += 2) {
      const firstLine = n<Part["held"]["firstLine"]>(first + 1);
      open.push(blocks.add({ first, count: 2, firstLine }, bodyOf([Uint8Array.of(first), Uint8Array.of(first + 1)])));
      while (open.length > behind) blocks.end(open.shift()!.range);
      for (const { held } of blocks.open) buffers.add(held.buffer);
      assertEquals(itemsIn(open).map(([item, , byte]) => byte === item % 256), open.flatMap(() => [true, true]));
    }
    assert(buffers.size <= 3, `${buffers.size}`);
  }
});
