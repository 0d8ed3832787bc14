import { assertEquals } from "@std/assert";
import {
  assignItem,
  blockLength,
  cancelItem,
  finishItem,
  startItem,
  viewBlock,
  writeFrame,
} from "../../../lib/exec/wire/block.ts";
import { ItemContext, type ItemSignal } from "../../../lib/exec/slot/item_context.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import { KeptMap } from "../../../lib/natives.ts";
import { n } from "../numbers.ts";
import type { Generation, ItemNumber } from "../../../lib/exec/wire/numbers.ts";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";

const generation = 1 as Generation;

/** A block whose first place holds `item`, running in the slot. */
function running(item: number) {
  const block = viewBlock(new SharedArrayBuffer(blockLength(1, 0)), 1);
  const run = (number: number) => {
    writeFrame(block, n(0), n(number), 0, 0, n(0));
    assignItem(block, n(0), generation);
    startItem(block, n(0), n(number), generation, 0);
  };
  run(item);
  const signals = new KeptMap<ItemNumber, ItemSignal>();
  const source = { generation, control: new Int32Array(controlWord.length), signals };
  const contextOf = (number: number) =>
    new ItemContext(
      { index: number, thread: 0, state: undefined },
      source,
      new StartedItem({ block, use: n(number) }, n(0), n(number), n(1), 0),
    );
  return { block, run, signals, contextOf };
}

Deno.test("ItemContext: the signal of a running item sees its flag", () => {
  const { block, signals, contextOf } = running(7);
  const { signal } = contextOf(7);
  assertEquals([signal.aborted, signals.size], [false, 1]);
  cancelItem(block, n(0));
  assertEquals(signal.aborted, true);
});

Deno.test("ItemContext: a signal that is asked for after its item's end says nothing of the item that came after", () => {
  const { block, run, signals, contextOf } = running(7);
  const context = contextOf(7);
  finishItem(block, n(0), generation);
  run(8);
  cancelItem(block, n(0));
  assertEquals([context.signal.aborted, signals.size], [false, 0]);
});
