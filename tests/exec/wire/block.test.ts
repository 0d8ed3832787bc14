import { assert, assertEquals } from "@std/assert";
import {
  assignItem,
  type Block,
  blockLength,
  cancelItem,
  finishItem,
  isAssigned,
  isCancelled,
  msSince,
  reclaimItem,
  startedAt,
  startItem,
  viewBlock,
  writeFrame,
} from "../../../lib/exec/wire/block.ts";
import type { BlockUse } from "../../../lib/exec/wire/numbers.ts";
import { n } from "../numbers.ts";

/** A block with four items, in its first use; all are of the slot of generation 1. */
const first = 1 as BlockUse;

/** Where 32 bits of the clock begin anew, with a sign or without. */
const seams = [2 ** 31 - 3, 2 ** 31, 2 ** 31 + 3, 2 ** 32 - 3, 2 ** 32, 2 ** 32 + 3];

function fourItems(): Block {
  const block = viewBlock(new SharedArrayBuffer(blockLength(4, 100)), 4);
  for (let place = 0; place < 4; place++) {
    writeFrame(block, n(place), first, 0, 0, n(place));
    assignItem(block, n(place), n(1));
  }
  return block;
}

Deno.test("block: an item is started once, by its own slot alone", () => {
  const block = fourItems();
  assertEquals(startedAt(block, n(2), n(1)), undefined);
  assert(!startItem(block, n(2), first, n(9), 500), "another slot's generation");
  assert(startItem(block, n(2), first, n(1), 500));
  assert(!startItem(block, n(2), first, n(1), 600), "again");
  assertEquals([startedAt(block, n(2), n(1)), startedAt(block, n(2), n(9)), startedAt(block, n(1), n(1))], [
    500,
    undefined,
    undefined,
  ]);
  finishItem(block, n(2), n(1));
  assertEquals(startedAt(block, n(2), n(1)), undefined);
});

Deno.test("block: of starting and taking back one wins", () => {
  const block = fourItems();
  assert(isAssigned(block, n(0), first, n(1)));
  assert(reclaimItem(block, n(0), n(1)));
  assert(
    !isAssigned(block, n(0), first, n(1)) && !startItem(block, n(0), first, n(1), 1) && !reclaimItem(block, n(0), n(1)),
  );
  assert(startItem(block, n(1), first, n(1), 1));
  assert(!reclaimItem(block, n(1), n(1)));
});

Deno.test("block: a range that is out of date starts nothing: another use of the block has another item there", () => {
  const block = fourItems();
  writeFrame(block, n(0), n(99), 0, 0, n(0));
  assignItem(block, n(0), n(1));
  assert(!isAssigned(block, n(0), first, n(1)) && isAssigned(block, n(0), n(99), n(1)));
  writeFrame(block, n(1), n(2 ** 31 + 5), 0, 0, n(0)); // numbers beyond a word
  assert(isAssigned(block, n(1), n(2 ** 31 + 5), n(1)));
  assert(startItem(block, n(1), n(2 ** 31 + 5), n(1), 100));
});

Deno.test("block: a slot that lost its core between looking and starting leaves the next item that stands there", () => {
  const block = fourItems();
  assert(isAssigned(block, n(0), first, n(1)));
  assert(reclaimItem(block, n(0), n(1))); // another slot runs it, and the block is used again
  writeFrame(block, n(0), n(2), 0, 0, n(0));
  assignItem(block, n(0), n(1));
  assert(!startItem(block, n(0), first, n(1), 100));
  assert(isAssigned(block, n(0), n(2), n(1)) && startItem(block, n(0), n(2), n(1), 200));
});

Deno.test("block: a slot that was given up finishes nothing of its successor", () => {
  const block = fourItems();
  assert(startItem(block, n(0), first, n(1), 100));
  assignItem(block, n(0), n(2));
  assert(startItem(block, n(0), first, n(2), 200));
  finishItem(block, n(0), n(1));
  assertEquals(startedAt(block, n(0), n(2)), 200);
});

Deno.test("block: a cancelled item still runs until it ends, and only it is cancelled", () => {
  const block = fourItems();
  assert(startItem(block, n(0), first, n(1), 100) && startItem(block, n(1), first, n(1), 100));
  cancelItem(block, n(0));
  assertEquals([isCancelled(block, n(0)), isCancelled(block, n(1)), startedAt(block, n(0), n(1))], [true, false, 100]);
  finishItem(block, n(0), n(1));
  assertEquals(startedAt(block, n(0), n(1)), undefined);
  assignItem(block, n(0), n(1));
  assert(!isCancelled(block, n(0)), "the next item there");
});

Deno.test("block: how long an item has run is right wherever the clock stands", () => {
  for (const seam of [2 ** 31, 2 ** 32, 3 * 2 ** 31, 2 ** 40, 1000]) {
    for (const start of [seam - 700, seam - 5, seam - 1, seam + 1, seam + 5]) {
      const block = fourItems();
      assert(startItem(block, n(0), first, n(1), start + 0.4));
      for (const ran of [0, 1, 9, 10_000, 2 ** 31 - 1]) {
        assertEquals(msSince(startedAt(block, n(0), n(1))!, start + ran), ran, `${start} + ${ran}`);
      }
    }
  }
});

Deno.test("block: an item that starts when the 32 bits of the clock are all 0 starts 1 ms later", () => {
  const block = fourItems();
  assert(startItem(block, n(0), first, n(1), 2 ** 32));
  assertEquals(msSince(startedAt(block, n(0), n(1))!, 2 ** 32 + 500), 499);
});

Deno.test("block: an item that starts this very moment has not run since its predecessor's start", () => {
  const block = fourItems();
  assert(startItem(block, n(0), first, n(1), 100));
  const started = block.words[0];
  finishItem(block, n(0), n(1));
  assignItem(block, n(0), n(1));
  block.words[0] = started; // between the two writes of startItem
  for (const now of [101, ...seams, 2 ** 40]) assertEquals(msSince(startedAt(block, n(0), n(1))!, now), 0, `${now}`);
});
