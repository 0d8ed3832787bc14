import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { nextTurn } from "../../../lib/clock.ts";
import { endOf, startOf } from "../../../lib/exec/wire/block.ts";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { encodeBytesItem, encodeJsonItem, valueSource } from "../../../lib/exec/input/value_source.ts";

function texts(blocks: BlockStore): string[] {
  return Array.from({ length: blocks.count }, (_, item) => {
    const [{ held: { block }, from }] = blocks.parts({ first: item, end: item + 1 });
    return new TextDecoder().decode(block.bytes.slice(startOf(block, from), endOf(block, from)));
  });
}

Deno.test("value source: reads a sync iterable in few bounded portions, then reports its end", async () => {
  const blocks = new BlockStore();
  const source = valueSource(Array(3000).keys(), encodeJsonItem);
  let portions = 0;
  for (let more = true, before = 0; more; before = blocks.count, portions++) {
    more = await source.read(blocks);
    assert(blocks.count - before <= 1024);
  }
  assertEquals([portions, texts(blocks)], [3, Array.from({ length: 3000 }, (_, i) => `${i}`)]);
});

Deno.test("value source: a portion of large items is bounded by their memory", async () => {
  const blocks = new BlockStore();
  const large = new Uint8Array(256 * 1024);
  const source = valueSource(Array.from({ length: 64 }, () => large), encodeBytesItem);
  let most = 0;
  for (let more = true, before = 0; more; before = blocks.bytesTaken) {
    more = await source.read(blocks);
    most = Math.max(most, blocks.bytesTaken - before);
  }
  assertEquals(blocks.count, 64);
  assert(most > large.length && most < 2 * 1024 * 1024, `${most}`);
});

Deno.test("value source: available values of an async iterable come at once; a silent one is awaited and asked only once", async () => {
  const blocks = new BlockStore();
  let asked = 0;
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  async function* items() {
    for (let i = 0; i < 6; i++) {
      asked++;
      if (i % 3 === 2) await gates[(i - 2) / 3].promise;
      yield i;
    }
  }
  const source = valueSource(items(), encodeJsonItem);
  assertEquals([await source.read(blocks), texts(blocks), asked], [true, ["0", "1"], 3]);
  const second = source.read(blocks);
  gates[0].resolve();
  assertEquals([await second, texts(blocks), asked], [true, ["0", "1", "2", "3", "4"], 6]);
  gates[1].resolve();
  assertEquals([await source.read(blocks), texts(blocks).length], [false, 6]);
});

Deno.test("value source: a silent async iterable is not polled: a read resolves when there is an item, or the end", async () => {
  const blocks = new BlockStore();
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  async function* items() {
    for (const [i, { promise }] of gates.entries()) {
      await promise;
      if (i === 0) yield i;
    }
  }
  const source = valueSource(items(), encodeJsonItem);
  const seen: unknown[] = [];
  const reading = (async () => {
    for (let more = true; more; seen.push(blocks.count)) more = await source.read(blocks);
  })();
  for (let turn = 0; turn < 5; turn++) await nextTurn();
  assertEquals(seen, []);
  gates[0].resolve();
  for (let turn = 0; turn < 5; turn++) await nextTurn();
  assertEquals(seen, [1]);
  gates[1].resolve();
  await reading;
  assertEquals(seen, [1, 1]);
});

Deno.test("value source: an empty iterable ends at once, and a failing one rejects with its error", async () => {
  assertEquals(await valueSource([], encodeJsonItem).read(new BlockStore()), false);
  // deno-lint-ignore require-yield -- it breaks before
  async function* broken() {
    await undefined;
    throw new RangeError("no more");
  }
  await assertRejects(() => valueSource(broken(), encodeJsonItem).read(new BlockStore()), RangeError, "no more");
});

Deno.test("value source: closing it closes the items", async () => {
  const closed: string[] = [];
  function* sync() {
    try {
      yield 1;
      yield 2;
    } finally {
      closed.push("sync");
    }
  }
  const source = valueSource(sync(), encodeJsonItem);
  source.close(); // nothing was read, so there is nothing to clean up
  const started = sync();
  started.next();
  valueSource(started, encodeJsonItem).close();
  assertEquals(closed, ["sync"]);
  const failing = {
    next: () => ({ done: false as const, value: 1 }),
    return() {
      throw new Error("from return");
    },
    [Symbol.iterator]() {
      return this;
    },
  };
  valueSource(failing, encodeJsonItem).close();
  await undefined;
});

Deno.test("value source: refuses what JSON would change, with its place and a remedy", () => {
  const cycle: unknown[] = [];
  cycle.push(cycle);
  const items: readonly (readonly [unknown, string])[] = [
    [() => 1, "items[4] is a function"],
    [Symbol("s"), "items[4] is a symbol"],
    [1n, "items[4] is a BigInt"],
    [cycle, "items[4] holds itself, or is more than 1000 levels deep"],
    [undefined, "items[4] is undefined"],
    [NaN, "items[4] is NaN"],
    [{ a: [1, -Infinity] }, "items[4].a[1] is -Infinity"],
    [[{ "odd key": new Map([[1, 2]]) }], 'items[4][0]["odd key"] is a Map'],
    [new Set([1]), "items[4] is a Set"],
    [{ e: new Error("x") }, "items[4].e is an Error"],
    [{ at: new Date(0) }, "items[4].at is a Date"],
    [Uint8Array.of(1), "items[4] is a Uint8Array"],
    [{ toJSON: () => 1 }, "items[4].toJSON is a function"],
    [new Array(1), "items[4][0] is undefined"],
  ];
  for (const [item, why] of items) {
    const error = assertThrows(() => encodeJsonItem(item, 4), TypeError);
    assertEquals(error.message, `item 4 is not JSON: ${why}; give plain data, or bytes with input: "bytes"`);
  }
  const throwing = Object.defineProperty({}, "a", {
    enumerable: true,
    get: () => {
      throw new Error("no");
    },
  });
  assertThrows(() => encodeJsonItem(throwing, 4), TypeError, "item 4 is not JSON: no; give plain data");
});

Deno.test("value source: takes all that JSON gives back as it is, and leaves out what is undefined", () => {
  const text = (item: unknown) => new TextDecoder().decode(encodeJsonItem(item, 0));
  assertEquals(text({ a: undefined, b: [null, -1.5, "\ud800", {}] }), '{"b":[null,-1.5,"\\ud800",{}]}');
  fc.assert(fc.property(fc.jsonValue(), (value) => assertEquals(text(value), JSON.stringify(value))));
});

Deno.test("value source: bytes must be Uint8Arrays", () => {
  const bytes = Uint8Array.of(1);
  assert(encodeBytesItem(bytes, 0) === bytes);
  for (const item of ["a", new ArrayBuffer(1), [1], undefined]) {
    assertThrows(() => encodeBytesItem(item, 2), TypeError, "item 2 is not a Uint8Array");
  }
});
