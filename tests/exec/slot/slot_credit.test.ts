import { assertEquals } from "@std/assert";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";
import { heldItems, settled, slotStage } from "./stage.ts";

Deno.test("slot: without credit it says once that it has paused, however often main tells it about the item that is next out", () => {
  const { slot, control, give, seen, elapse } = slotStage((item) => item === 0 ? new Promise(() => {}) : item, {
    tasks: 2,
    credit: 1,
  });
  control[controlWord.nextOut] = 0;
  give("0"); // does not end
  give("1");
  elapse(5);
  give("2");
  assertEquals(seen(), ["ok 1: 1", "paused"]);
  for (let i = 0; i < 3; i++) slot.resume();
  assertEquals(seen(), []);
  slot.taken({ kind: "taken", bytes: 2, chunks: [] });
  elapse(5);
  give("3");
  assertEquals(seen(), ["ok 2: 2", "paused"]);
});

Deno.test("slot: output that main has taken is credit again, and items start", () => {
  const { slot, give, seen } = slotStage((item) => item, { credit: 4 });
  give("0", "1", "2", "3", "4");
  give("5");
  assertEquals(seen(), ["ok 0-3: 0 1 2 3", "ok 4: 4", "paused"], "records that have not left use no credit");
  slot.taken({ kind: "taken", bytes: 6, chunks: [0] });
  assertEquals(seen(), ["paused"], "4 of 10 bytes are not yet taken");
  slot.taken({ kind: "taken", bytes: 1, chunks: [] });
  assertEquals(seen(), ["ok 5: 5"]);
});

Deno.test("slot: chunks that main gives back are used again; without any, records come in buffers", () => {
  const { slot, give, results } = slotStage((item) => item);
  give("0");
  give("1");
  give("2");
  const chunks = results().map(({ chunk }) => chunk);
  assertEquals([new Set(chunks).size, chunks[2]], [3, undefined]);
  slot.taken({ kind: "taken", bytes: 6, chunks: [chunks[1]!] });
  give("3");
  assertEquals(results().map(({ chunk }) => chunk), [chunks[1]]);
});

Deno.test("slot: the item that all output waits for starts without credit, and it alone", () => {
  const { control, slot, give, seen, elapse } = slotStage((item) => item, { credit: 1 });
  give("0");
  give("1", "2");
  assertEquals(seen(), ["ok 0: 0", "paused"]);
  control[controlWord.nextOut] = 1;
  slot.resume();
  slot.resume();
  elapse(5);
  assertEquals(seen(), ["ok 1: 1"]);
});

Deno.test("slot: which item the output waits for is known also beyond 2^31 items", () => {
  const { control, slot, assign, take, seen } = slotStage((item) => item, { credit: 1 });
  take(assign(["0"]), 2 ** 31 + 5);
  take(assign(["1"]), 2 ** 31 + 6);
  assertEquals(seen().at(-1), "paused");
  control[controlWord.nextOut] = 6;
  slot.resume();
  assertEquals(seen(), [`ok ${2 ** 31 + 6}: 1`]);
});

Deno.test("slot: with credit, the item that all output waits for waits for a place like the others", () => {
  const { run, started } = heldItems();
  const { control, slot, give, seen } = slotStage(run);
  give("0", "1");
  control[controlWord.nextOut] = 1;
  slot.resume();
  assertEquals([started, seen()], [[0], []]);
});

Deno.test("slot: generators may wait for the item that all output waits for, so it starts beside them, above the tasks", async () => {
  const started: unknown[] = [];
  const { control, slot, give, seen } = slotStage(async function* (item) {
    started.push(item);
    yield item;
    await new Promise(() => {});
  }, { generator: true });
  give("0");
  await settled();
  give("1", "2");
  assertEquals([started, seen()], [[0], ["value 0: 0", "paused"]], "what it has given leaves first");
  control[controlWord.nextOut] = 1;
  slot.resume();
  await settled();
  assertEquals([started, seen()], [[0, 1], []]);
});

Deno.test("slot: main takes a generator's values one by one, and it goes on", async () => {
  const made: number[] = [];
  const { slot, give, elapse } = slotStage(function* () {
    for (let i = 0; i < 100; i++) {
      made.push(i);
      yield "x".repeat(2_000);
    }
  }, { generator: true, credit: 4_096 });
  give("0");
  for (let i = 0; i < 5; i++) {
    await settled();
    elapse(25);
  }
  const before = made.length;
  slot.takenOf(0 as never, 1_000_000);
  await settled();
  assertEquals([before < 100, made.length > before], [true, true]);
});

Deno.test("slot: a pause is no work, whatever ends it", () => {
  const { control, slot, give, results, elapse } = slotStage((item) => item, { credit: 1 });
  give("0");
  give("1", "2");
  elapse(1_000);
  control[controlWord.nextOut] = 1;
  slot.resume();
  elapse(1_000);
  slot.taken({ kind: "taken", bytes: 4, chunks: [] });
  assertEquals(results().map(({ ms }) => ms), [0, 0, 0]);
});

Deno.test("slot: output that main takes while items run changes nothing about how long there was work", async () => {
  const { run, end } = heldItems();
  const { slot, give, results, elapse } = slotStage(run, { tasks: 2, credit: 1 });
  give("0", "1");
  elapse(10);
  slot.taken({ kind: "taken", bytes: 0, chunks: [] });
  elapse(10);
  await end(0);
  elapse(5);
  give("2"); // a pause beside a running item
  elapse(10);
  slot.taken({ kind: "taken", bytes: 2, chunks: [] });
  await end(1);
  await end(2);
  assertEquals(results().map(({ ms }) => ms), [25, 10]);
});
