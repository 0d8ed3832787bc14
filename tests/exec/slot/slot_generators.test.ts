import { assertEquals } from "@std/assert";
import { isWaiting } from "../../../lib/exec/wire/block.ts";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";
import { n } from "../numbers.ts";
import { settled, slotStage } from "./stage.ts";

Deno.test("slot: a generator's values leave, then its end; its item fails by what it throws", async () => {
  const { give, seen, elapse } = slotStage(function* (item) {
    yield `${item} a`;
    yield `${item} b`;
    if (item === 1) throw new Error("late");
  }, { generator: true, tasks: 3 });
  give("0", "1", "2");
  await settled();
  elapse(5);
  assertEquals(seen(), [
    'value 0: "0 a" "0 b"',
    "end 0:",
    'value 1: "1 a" "1 b"',
    'lateError 1: {"line":12,"error":{"name":"Error","message":"late"}}',
    'value 2: "2 a" "2 b"',
    "end 2:",
  ]);
});

Deno.test("slot: the grace of an attempt that has ended is not that of the next one", async () => {
  const made: unknown[] = [];
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const { assign, take, slot, elapse, seen } = slotStage(async function* (item) {
    await gates[made.push(item) - 1].promise;
    yield item;
  }, { generator: true });
  take(assign(["1"]), 0);
  await settled();
  slot.cancel(n(0));
  gates[0].resolve();
  await settled();
  elapse(5);
  assertEquals(seen(), ["value 0: 1", "end 0:"]);
  take(assign(["2"]), 0); // it runs again
  elapse(100);
  gates[1].resolve();
  await settled();
  elapse(5);
  assertEquals(seen(), ["value 0: 2", "end 0:"]);
});

Deno.test("slot: a generator whose item has failed gives no more values, and is closed", async () => {
  const gate = Promise.withResolvers<void>();
  let closed = false;
  const { give, slot, elapse, seen } = slotStage(async function* () {
    try {
      await gate.promise;
      yield "late";
    } finally {
      closed = true;
    }
  }, { generator: true });
  give("0");
  await settled();
  slot.cancel(n(0));
  elapse(20); // its grace
  assertEquals(seen().map((text) => text.slice(0, 8)), ["error 0:"]);
  gate.resolve();
  await settled();
  elapse(5);
  assertEquals([closed, seen()], [true, []]);
});

Deno.test("slot: main can see which generators wait, if there is a time limit", async () => {
  for (const limitMs of [400, 0]) {
    const during: boolean[] = [];
    const { give, control, block } = slotStage(async function* () {
      during.push(isWaiting(block, n(0)));
      yield await new Promise(() => {});
    }, { generator: true });
    control[controlWord.limitMs] = limitMs;
    give("0");
    await settled();
    assertEquals([during, isWaiting(block, n(0))], [[false], limitMs > 0]);
  }
});
