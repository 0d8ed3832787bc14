import { assertEquals } from "@std/assert";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import { denoRuntime } from "../../../lib/exec/slot/deno/runtime.ts";
import { itemInScope, openScope } from "../../../lib/exec/slot/item_scope.ts";
import { cancelItem, isWaiting } from "../../../lib/exec/wire/block.ts";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";
import { n } from "../numbers.ts";
import { heldItems, settled, slotStage } from "./stage.ts";

openScope(denoRuntime.context);

const timedOut = (item: number) =>
  `error ${item}: {"line":${
    item + 11
  },"error":{"name":"TimeoutError","message":"took longer than 400 ms","code":"timeout"}}`;

/** A slot with a time limit of 400 ms, which is a grace of 100 ms. */
function limited(options: Parameters<typeof slotStage>[1] = {}) {
  const { run, started, end } = heldItems();
  const scopes: StartedItem[] = [];
  const stage = slotStage((item, context) => {
    scopes.push(itemInScope()!);
    return run(item, context);
  }, options);
  stage.control[controlWord.limitMs] = 400;
  const cancel = (item: number) => {
    cancelItem(stage.block, n(item));
    stage.slot.cancel(n(item));
  };
  return { ...stage, started, end, cancel, scopes };
}

Deno.test("slot: a cancelled item that does not end in its grace fails, and the next one starts", async () => {
  const { give, cancel, elapse, seen, started, end } = limited();
  give("0", "1");
  cancel(0);
  elapse(99);
  await settled();
  assertEquals([started, seen()], [[0], []]);
  elapse(1);
  assertEquals(seen(), [timedOut(0)], "it leaves at once");
  await settled();
  assertEquals(started, [0, 1]);
  await end(0);
  elapse(100);
  assertEquals(seen(), [], "its late value does not count");
  await end(1);
  assertEquals(seen(), ["ok 1: 1"]);
});

Deno.test("slot: of items that run beside each other only the cancelled one fails", async () => {
  const { give, cancel, elapse, seen, end } = limited({ tasks: 3 });
  give("0", "1", "2");
  cancel(1);
  elapse(100);
  assertEquals(seen(), [timedOut(1)]);
  await end(2);
  await end(0);
  elapse(5);
  assertEquals(seen(), ["ok 0: 0", "ok 2: 2"]);
});

Deno.test("slot: each running item can be cancelled, also after others have ended", async () => {
  const { give, cancel, elapse, seen, end } = limited({ tasks: 4 });
  give("0", "1", "2", "3");
  await end(0);
  cancel(3);
  cancel(1);
  elapse(100);
  assertEquals(seen(), ["ok 0: 0", timedOut(3), timedOut(1)]);
  cancel(2);
  elapse(100);
  assertEquals(seen(), [timedOut(2)]);
});

Deno.test("slot: the signal of a cancelled item aborts at once", async () => {
  const { give, slot, seen } = slotStage((_, { signal }) =>
    new Promise((resolve) => signal.addEventListener("abort", () => resolve(`${signal.reason}`)))
  );
  give("0");
  slot.cancel(n(0)); // its flag in the table is not looked at
  await settled();
  assertEquals(seen(), ['ok 0: "TimeoutError: the item took longer than 0 ms"']);
});

Deno.test("slot: a cancelled item that ends in its grace ends as it does", async () => {
  const { give, cancel, elapse, seen, end } = limited();
  give("0");
  cancel(0);
  await end(0);
  elapse(100);
  assertEquals(seen(), ["ok 0: 0"]);
});

Deno.test("slot: main can see which items wait, if there is a time limit", () => {
  for (const limitMs of [400, 0]) {
    const { give, control, block } = limited();
    control[controlWord.limitMs] = limitMs;
    give("0");
    assertEquals(isWaiting(block, n(0)), limitMs > 0);
  }
});

Deno.test("slot: an error that nobody catches fails the item that it belongs to; the others go on", async () => {
  const { give, slot, seen, end, scopes, elapse } = limited({ tasks: 2 });
  give("0", "1", "2");
  slot.uncaught(new RangeError("late"), scopes[0]);
  await settled();
  assertEquals(scopes.length, 3, "its place is free");
  await end(1);
  await end(2);
  elapse(5);
  assertEquals(seen(), ['error 0: {"line":11,"error":{"name":"RangeError","message":"late"}}', "ok 1-2: 1 2"]);
});

Deno.test("slot: the code of an item that has failed can see it", () => {
  const stage = slotStage((_, { signal }) => {
    signals.push(signal);
    scope = itemInScope();
    return new Promise(() => {});
  });
  const signals: AbortSignal[] = [];
  let scope: StartedItem | undefined;
  stage.give("0");
  stage.slot.uncaught(new Error("late"), scope);
  assertEquals(`${signals[0].reason}`, "AbortError: the item has failed");
});

Deno.test("slot: nothing starts below the code of an item that has just failed", async () => {
  const started: unknown[] = [];
  const { give, slot } = slotStage(async (item) => {
    started.push(item);
    const own = itemInScope();
    await undefined;
    if (item === 0) slot.uncaught(new Error("reported"), own);
    started.push(`${item} goes on`);
  });
  give("0", "1");
  await settled();
  assertEquals(started, [0, "0 goes on", 1, "1 goes on"]);
});

Deno.test("slot: an error of an item that has ended is a warning, once", async () => {
  const { give, slot, seen, end, scopes } = limited();
  give("0", "1");
  await end(0);
  slot.uncaught(new Error("first"), scopes[0]);
  slot.uncaught(new Error("second"), scopes[0]);
  await end(1);
  assertEquals(seen(), ["ok 0: 0", "uncaught: Error: first of line 11", "ok 1: 1"]);
});

Deno.test("slot: an error that may be any running item's ends the thread: what has ended leaves, nothing else does", async () => {
  const { give, slot, seen, end, started, scopes, elapse } = limited({ tasks: 2 });
  give("0", "1", "2", "3");
  await end(0);
  slot.uncaught(new Error("whose?"), undefined);
  assertEquals(seen(), ["ok 0: 0", "fatal: Error: whose? at job.ts:7"]);
  await end(1);
  give("4");
  slot.uncaught(new Error("more"), undefined);
  slot.uncaught(new Error("more"), scopes[2]);
  slot.cancel(n(2));
  elapse(200);
  assertEquals([seen(), started], [[], [0, 1, 2]]);
});

Deno.test("slot: an error while nothing runs is a warning; of many, 20 are shown, and that there are more", () => {
  const { slot, seen } = limited();
  for (let i = 0; i < 25; i++) slot.uncaught(new Error(`${i}`), undefined);
  const warnings = seen();
  assertEquals(warnings.length, 21);
  assertEquals([warnings[0], warnings[19], warnings[20]], [
    "uncaught: Error: 0 of line undefined",
    "uncaught: Error: 19 of line undefined",
    "uncaught: more such errors are not shown of line undefined",
  ]);
});

Deno.test("slot: an item may cause its uncaught error while it is being started", async () => {
  const stage = slotStage((item) => {
    if (item !== 0) return item;
    stage.slot.uncaught(new Error("at once"), itemInScope());
    return new Promise(() => {}); // it holds no place
  });
  stage.give("0", "1");
  await settled();
  assertEquals(stage.seen(), ['error 0: {"line":11,"error":{"name":"Error","message":"at once"}}', "ok 1: 1"]);
});

Deno.test("slot: when our own code fails main is told, also if what has ended cannot leave", () => {
  const posted: string[] = [];
  const { slot, give } = slotStage((item) => item === 1 ? item : new Promise(() => {}), {
    tasks: 2,
    post: ({ kind }) => {
      posted.push(kind);
      if (kind === "results") throw new Error("the memory is gone");
    },
  });
  let thrown: unknown;
  try {
    give("0", "1");
    slot.die(new Error("ours"));
  } catch (error) {
    thrown = error;
  }
  assertEquals([posted, `${thrown}`], [["results", "fatal"], "Error: the memory is gone"]);
});
