import { assertEquals } from "@std/assert";
import type { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import { type Block, isAssigned, lineOf, msSince, startItem, writeFrame } from "../../../lib/exec/wire/block.ts";
import type {
  BlockId,
  BlockUse,
  Generation,
  ItemNumber,
  Line,
  LineOffset,
  Place,
  StartTime,
} from "../../../lib/exec/wire/numbers.ts";
import type { BlockReference } from "../../../lib/exec/wire/protocol.ts";

interface Numbers {
  readonly id: BlockId;
  readonly use: BlockUse;
  readonly place: Place;
  readonly generation: Generation;
  readonly item: ItemNumber;
  readonly line: Line;
  readonly offset: LineOffset;
  readonly since: StartTime;
}

/** `deno check` refuses a line that compiles behind a comment that expects an error. */
function swapped(block: Block, blocks: BlockStore, numbers: Numbers): void {
  const { id, use, place, generation, item, line, offset, since } = numbers;
  isAssigned(block, place, use, generation);
  // @ts-expect-error -- a use for a place
  isAssigned(block, use, place, generation);
  // @ts-expect-error -- a generation for a use
  isAssigned(block, place, generation, use);
  // @ts-expect-error -- an item for its place
  isAssigned(block, item, use, generation);
  // @ts-expect-error -- any number for a place
  isAssigned(block, place + 1, use, generation);
  startItem(block, place, use, generation, 5);
  // @ts-expect-error -- a generation for a place
  startItem(block, generation, use, place, 5);
  writeFrame(block, place, use, 0, 10, offset);
  // @ts-expect-error -- a line of the input for one of the block
  writeFrame(block, place, use, 0, 10, line);
  // @ts-expect-error -- the other way round
  lineOf(block, place, offset);
  msSince(since, 5);
  // @ts-expect-error -- the time now for that of the start
  msSince(5, since);
  new StartedItem({ block, use }, place, item, line, 5);
  // @ts-expect-error -- an item for its place
  new StartedItem({ block, use }, item, place, line, 5);
  // @ts-expect-error -- a line for an item
  new StartedItem({ block, use }, place, line, item, 5);
  // @ts-expect-error -- an item for its line
  blocks.appendTooLong(item);
  // @ts-expect-error -- a block for its use
  const reference: BlockReference = { id: use, use: id, capacity: 1, once: false, firstLine: line };
  void reference;
}

Deno.test("numbers: swapped ones do not compile", () => {
  assertEquals(typeof swapped, "function"); // the compiler has the last word: this file does not load if one of them compiles
});
