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
import { controlWord as words } from "../../../lib/exec/wire/protocol.ts";

const generation = 1;

/** A block whose first place holds `item`, running in the slot with the mark. */
function running(item: number) {
  const block = viewBlock(new SharedArrayBuffer(blockLength(1, 0)), 1);
  const run = (number: number) => {
    writeFrame(block, 0, number, 0, 0, 0);
    assignItem(block, 0, generation);
    startItem(block, 0, number, generation, 0);
  };
  run(item);
  const signals = new KeptMap<number, ItemSignal>();
  const source = { generation, control: new Int32Array(words.length), signals };
  const contextOf = (number: number) =>
    new ItemContext(
      { index: number, thread: 0, state: undefined },
      source,
      new StartedItem(block, 0, number, number, 1, 0),
    );
  return { block, run, signals, contextOf };
}

Deno.test("ItemContext: the signal of a running item sees its flag", () => {
  const { block, signals, contextOf } = running(7);
  const { signal } = contextOf(7);
  assertEquals([signal.aborted, signals.size], [false, 1]);
  cancelItem(block, 0);
  assertEquals(signal.aborted, true);
});

Deno.test("ItemContext: a signal that is asked for after its item's end says nothing of the item that came after", () => {
  const { block, run, signals, contextOf } = running(7);
  const context = contextOf(7);
  finishItem(block, 0, generation);
  run(8);
  cancelItem(block, 0);
  assertEquals([context.signal.aborted, signals.size], [false, 0]);
});
