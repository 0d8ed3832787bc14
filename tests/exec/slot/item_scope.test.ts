import { assertEquals, assertThrows } from "@std/assert";
import { AsyncLocalStorage } from "node:async_hooks";
import { nextTurn } from "../../../lib/clock.ts";
import { denoRuntime } from "../../../lib/exec/slot/deno/runtime.ts";
import { itemInScope, leaveScope, openScope, StartScope, withinScope } from "../../../lib/exec/slot/item_scope.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import { viewBlock } from "../../../lib/exec/wire/block.ts";
import { n } from "../numbers.ts";

openScope(denoRuntime.context);

function started(item: number): StartedItem {
  const block = viewBlock(new SharedArrayBuffer(0), 0);
  return new StartedItem({ block, use: n(0) }, n(0), n(item), n(1), 0);
}

const numberInScope = () => itemInScope()?.item;

/** Starts an item in a scope; what `act` gives is a promise, as far as the scope knows. */
function start(scope: StartScope, item: number, act: () => void, promise = true): void {
  scope.enter(started(item));
  act();
  scope.gave(promise);
  scope.leave();
}

Deno.test("item scope: what an item leaves behind belongs to it, and nothing else does", async () => {
  const seen: unknown[] = [];
  const scope = new StartScope();
  for (const item of [1, 2]) {
    start(scope, item, () => {
      seen.push(numberInScope());
      void Promise.resolve().then(() => seen.push(numberInScope()));
    });
    seen.push(numberInScope());
  }
  await nextTurn();
  assertEquals([...seen, numberInScope()] as unknown[], [1, undefined, 2, undefined, 1, 2, undefined]);
});

Deno.test("item scope: withinScope is in an item's scope for a call, also one that throws", () => {
  assertEquals(numberInScope(), undefined);
  withinScope(started(5), () => {
    assertEquals(numberInScope(), 5);
    assertThrows(() =>
      withinScope(started(6), () => {
        assertEquals(numberInScope(), 6);
        throw new Error("of the job");
      })
    );
    assertEquals(numberInScope(), 5);
    leaveScope();
    assertEquals(numberInScope(), undefined);
  });
  assertEquals(numberInScope(), undefined);
});

Deno.test("item scope: an item is known while it starts, also after 1,000 results that were no promises", async () => {
  const scope = new StartScope();
  const during: unknown[] = [];
  const carried: unknown[] = [];
  for (let item = 0; item < 1_002; item++) {
    start(scope, item, () => {
      during.push(numberInScope());
      void Promise.resolve().then(() => carried.push(numberInScope()));
    }, false);
    assertEquals(numberInScope(), undefined);
  }
  start(scope, 1_002, () => {}, true);
  start(scope, 1_003, () => void Promise.resolve().then(() => carried.push(numberInScope())));
  await nextTurn();
  assertEquals(during, Array.from({ length: 1_002 }, (_, item) => item));
  const plain = [undefined, undefined]; // what such a job leaves behind is not looked after
  assertEquals(carried, [...during.slice(0, 1_000), ...plain, 1_003]);
});

Deno.test("item scope: after a promise, a job has to give 1,000 other results in a row again", async () => {
  const scope = new StartScope();
  const carried: unknown[] = [];
  const leave = () => void Promise.resolve().then(() => carried.push(numberInScope()));
  for (let item = 0; item < 1_000; item++) start(scope, item, () => {}, item === 0);
  start(scope, 1_000, leave, false);
  start(scope, 1_001, leave, false);
  await nextTurn();
  assertEquals(carried, [1_000, undefined]);
});

Deno.test("item scope: what a job enters in a plain scope ends with its item", () => {
  const storage = new AsyncLocalStorage<string>();
  const scope = new StartScope();
  for (let item = 0; item < 1_000; item++) start(scope, item, () => {}, false);
  start(scope, 1_000, () => storage.enterWith("mine"), false);
  assertEquals(storage.getStore(), undefined);
});
