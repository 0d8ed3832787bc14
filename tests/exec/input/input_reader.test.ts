import { assert, assertEquals } from "@std/assert";
import { nextTurn } from "../../../lib/clock.ts";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { type Input, InputReader } from "../../../lib/exec/input/input_reader.ts";
import { n } from "../numbers.ts";

/** A reader of a source whose reads end when the test says so, with so many items of a byte; or with an error. */
function reading() {
  const blocks = new BlockStore();
  const waiting: ((read: { readonly items?: number; readonly more?: boolean; readonly error?: unknown }) => void)[] =
    [];
  const seen: Input[] = [];
  let closed = 0;
  const source = {
    async read() {
      const { promise, resolve } = Promise.withResolvers<Parameters<typeof waiting[number]>[0]>();
      waiting.push(resolve);
      const { items = 0, more = true, error } = await promise;
      for (let i = 0; i < items; i++) blocks.append(Uint8Array.of(i), n(blocks.count + 1));
      if (error !== undefined) throw error;
      return more;
    },
    close: () => void closed++,
  };
  const reader = new InputReader(source, blocks, (input) => seen.push(input));
  /** Ends the only read that is going on, and returns what was reported. */
  const end = async (read: Parameters<typeof waiting[number]>[0]) => {
    assertEquals(waiting.length, 1);
    waiting.pop()?.(read);
    await nextTurn();
    return seen.at(-1);
  };
  return { reader, blocks, waiting, seen, end, closed: () => closed };
}

Deno.test("input reader: it reads when input is wanted, one read at a time", async () => {
  const { reader, waiting, end, seen } = reading();
  reader.read(false);
  assertEquals(waiting.length, 0);
  reader.read(true);
  reader.read(true);
  assertEquals(waiting.length, 1);
  await end({ items: 1 });
  reader.read(true);
  await end({ items: 1 });
  assertEquals(seen.length, 2);
});

Deno.test("input reader: each read reports its own items, the memory they took, and whether it was the last", async () => {
  const { reader, end, blocks } = reading();
  reader.read(true);
  const first = await end({ items: 3 });
  assertEquals(first, { count: 3, bytes: blocks.bytesTaken, last: false, error: undefined });
  assert(blocks.bytesTaken > 0);
  reader.read(true);
  assertEquals(await end({ items: 2 }), { count: 2, bytes: 0, last: false, error: undefined }); // in the same block
  reader.read(true);
  assertEquals(await end({ more: false }), { count: 0, bytes: 0, last: true, error: undefined });
});

Deno.test("input reader: where reading fails, the items before are reported with the error, and the source is closed", async () => {
  const { reader, end, closed } = reading();
  reader.read(true);
  const error = new RangeError("broken");
  const input = await end({ items: 2, error });
  assertEquals([input?.count, input?.last, closed()], [2, true, 1]);
  assert(input?.error === error);
});

Deno.test("input reader: what is thrown and is no error becomes one", async () => {
  const { reader, end } = reading();
  reader.read(true);
  const error = (await end({ error: "broken" }))?.error;
  assert(error instanceof Error);
  assertEquals(error.message, "broken");
});

Deno.test("input reader: closing it closes the source", () => {
  const { reader, closed } = reading();
  reader.close();
  assertEquals(closed(), 1);
});
