import { assertEquals, assertThrows } from "@std/assert";
import { BlockViews } from "../../../lib/exec/slot/block_views.ts";
import { blockLength } from "../../../lib/exec/wire/block.ts";
import { n } from "../numbers.ts";

function reference(id: number, text?: string) {
  const buffer = text === undefined ? undefined : new SharedArrayBuffer(blockLength(2, text.length));
  if (buffer !== undefined) new Uint8Array(buffer, blockLength(2, 0)).set(new TextEncoder().encode(text));
  return { id: n<never>(id), capacity: 2, buffer, once: id === -1, use: n<never>(1), firstLine: n<never>(1) };
}

Deno.test("block views: a block's buffer comes once; afterwards its number is enough", () => {
  const views = new BlockViews();
  const [first, second] = [views.viewOf(reference(0, "abc")), views.viewOf(reference(1, "xyz"))];
  assertEquals([first, second].map(({ decode }) => decode(0, 3)?.text), ["abc", "xyz"]);
  assertEquals([views.viewOf(reference(0)) === first, views.viewOf(reference(1)) === second], [true, true]);
});

Deno.test("block views: a block that is used once is not kept", () => {
  const views = new BlockViews();
  assertEquals(views.viewOf(reference(-1, "long")).decode(0, 4)?.text, "long");
  for (const id of [-1, 0]) {
    assertThrows(() => views.viewOf(reference(id)), Error, "a block came without its buffer");
  }
});
