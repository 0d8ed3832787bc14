import { assertEquals, assertThrows } from "@std/assert";
import {
  assignItem,
  blockLength,
  cancelItem,
  finishItem,
  startItem,
  viewBlock,
  writeFrame,
} from "../../../lib/exec/wire/block.ts";
import { ItemContext, type ItemSignal, mayReadContext } from "../../../lib/exec/slot/item_context.ts";
import { denoRuntime } from "../../../lib/exec/slot/deno/runtime.ts";
import { itemInScope, openScope } from "../../../lib/exec/slot/item_scope.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import { KeptMap } from "../../../lib/natives.ts";
import { n } from "../numbers.ts";
import type { Generation, ItemNumber } from "../../../lib/exec/wire/numbers.ts";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";

openScope(denoRuntime.context);

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
  const control = new Int32Array(controlWord.length);
  control[controlWord.limitMs] = 250;
  const source = { generation, control, signals };
  const startedOf = (number: number) => new StartedItem({ block, use: n(number) }, n(0), n(number), n(1), 0);
  const contextOf = (number: number, started = startedOf(number)) =>
    new ItemContext({ index: number, thread: 4, state: "state" }, source, started);
  return { block, run, signals, control, startedOf, contextOf };
}

Deno.test("ItemContext: the signal of a running item sees its flag, and says how long the item may take", () => {
  const { block, signals, contextOf } = running(7);
  const { signal } = contextOf(7);
  signal.throwIfAborted();
  assertEquals([signal.aborted, signals.size], [false, 1]);
  cancelItem(block, n(0));
  assertEquals(signal.aborted, true);
  assertEquals(`${signal.reason}`, "TimeoutError: the item took longer than 250 ms");
  assertThrows(() => signal.throwIfAborted(), DOMException, "longer than 250 ms");
});

Deno.test("ItemContext: throwIfAborted looks at the flags itself", () => {
  const { block, contextOf } = running(7);
  const { signal } = contextOf(7);
  cancelItem(block, n(0));
  assertThrows(() => signal.throwIfAborted(), DOMException, "longer than 250 ms");
});

Deno.test("ItemContext: the signal sees that the run was stopped", () => {
  const { control, contextOf } = running(7);
  const { signal } = contextOf(7);
  control[controlWord.stopped] = 1;
  assertEquals([signal.aborted, `${signal.reason}`], [true, "AbortError: the run was stopped"]);
});

Deno.test("ItemContext: it keeps one signal, whose listeners are called once, in the scope of the item", () => {
  const { block, signals, startedOf, contextOf } = running(7);
  const started = startedOf(7);
  const context = contextOf(7, started);
  const { signal } = context;
  assertEquals(context.signal === signal, true);
  const scopes: unknown[] = [];
  signal.addEventListener("abort", () => scopes.push(itemInScope(), signal.aborted));
  cancelItem(block, n(0));
  assertEquals([signal.aborted, signal.aborted], [true, true]);
  signals.get(n(7))!.abort("AbortError", "again");
  assertEquals(scopes.length, 2);
  assertEquals([scopes[0] === started, scopes[1]], [true, true]);
});

Deno.test("ItemContext: a copy by { ...ctx } has all of it", () => {
  const { contextOf } = running(7);
  const { signal, ...rest } = { ...contextOf(7) };
  assertEquals([rest, signal instanceof AbortSignal], [{ index: 7, thread: 4, state: "state" }, true]);
});

Deno.test("ItemContext: a signal that is asked for after its item's end says nothing of the item that came after", () => {
  const { block, run, signals, contextOf } = running(7);
  const context = contextOf(7);
  finishItem(block, n(0), generation);
  run(8);
  cancelItem(block, n(0));
  assertEquals([context.signal.aborted, signals.size], [false, 0]);
});

Deno.test("ItemContext: the signal of an item that has ended aborts no more, also if it is kept", () => {
  const { block, signals, startedOf, contextOf } = running(7);
  const started = startedOf(7);
  const { signal } = contextOf(7, started);
  signals.get(n(7))!.close();
  cancelItem(block, n(0));
  assertEquals(signal.aborted, false);
  started.ended = true;
  assertEquals([contextOf(7, started).signal.aborted, signals.size], [false, 1], "nor is it noted");
});

Deno.test("ItemContext: the code of an item that has failed, and runs on, sees that", () => {
  const { startedOf, contextOf, signals } = running(7);
  const started = startedOf(7);
  started.ended = started.abandoned = true;
  const { signal } = contextOf(7, started);
  assertEquals([signal.aborted, `${signal.reason}`, signals.size], [true, "AbortError: the item has failed", 0]);
});

/** What these read, in a function of that form. */
const context: (first: unknown) => unknown = () => 1;

const blind: readonly ((...args: never[]) => unknown)[] = [
  () => 1,
  (item: unknown) => item,
  async (item: unknown) => await item,
  function (item: unknown) {
    return item;
  },
  function* named(item: unknown) {
    yield item;
  },
  async function* named$1(item: unknown) {
    yield await item;
  },
];

const seeing: readonly ((...args: never[]) => unknown)[] = [
  (item: unknown, ctx: unknown) => [item, ctx],
  (...all: unknown[]) => all,
  ({ a }: { a: unknown }) => a,
  (item = 1) => item,
  function (_item: unknown) {
    return arguments[1];
  },
  function (_item: unknown) {
    return eval("arguments")[1];
  },
  function (_item: unknown) {
    return "\u0061";
  },
  context.bind(undefined),
  Math.max,
];

Deno.test("mayReadContext: no function that reads its context is spared it; one that plainly cannot is", () => {
  for (const run of blind) assertEquals(mayReadContext(run), false, `${run}`);
  for (const run of seeing) assertEquals(mayReadContext(run), true, `${run}`);
});
