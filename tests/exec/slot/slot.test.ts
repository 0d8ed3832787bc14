import { assertEquals } from "@std/assert";
import type { ItemContext } from "../../../lib/exec/slot/item_context.ts";
import { denoRuntime } from "../../../lib/exec/slot/deno/runtime.ts";
import { itemInScope, openScope } from "../../../lib/exec/slot/item_scope.ts";
import { reclaimItem } from "../../../lib/exec/wire/block.ts";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";
import { valueFormat } from "../../../lib/exec/run_job.ts";
import { n } from "../numbers.ts";
import { generation, heldItems, settled, slotStage } from "./stage.ts";

openScope(denoRuntime.context);

Deno.test("slot: it runs as many items at once as there are tasks, lowest first, and another when one has ended", async () => {
  const { run, started, end, fail } = heldItems();
  const { assign, take, seen, elapse } = slotStage(run, { tasks: 2 });
  const [low, high] = [assign(["0", "1"]), assign(["2", "3"])];
  take(low);
  assertEquals(started, [0, 1]);
  take(high);
  assertEquals(started, [0, 1], "no third one");
  await end(1);
  assertEquals(started, [0, 1, 2]);
  await fail(0, new RangeError("bad"));
  assertEquals(started, [0, 1, 2, 3]);
  await end(3);
  await end(2);
  elapse(5);
  assertEquals(seen(), [
    'error 0: {"line":11,"error":{"name":"RangeError","message":"bad"}}',
    "ok 1: 1",
    "ok 2-3: 2 3",
  ]);
});

Deno.test("slot: items that come later but are lower start first", async () => {
  const { run, started, end } = heldItems();
  const { assign, take } = slotStage(run);
  const [early, late] = [assign(["0", "1"]), assign(["5"])];
  take(early, 10);
  take(late, 5);
  await end(0);
  assertEquals(started, [0, 5]);
});

Deno.test("slot: items have the numbers of their own message, also side by side in a block", () => {
  const { assign, take, seen } = slotStage((item) => item);
  const [one, other] = [assign(["1"]), assign(["2"])];
  take(one, 10);
  take(other, 50);
  assertEquals(seen(), ["ok 10: 1", "ok 50: 2"]);
});

Deno.test("slot: what has ended leaves before its last item begins, and at once when nothing is left", () => {
  const before: number[] = [];
  const { give, posted, seen } = slotStage((item) => {
    before.push(posted.length);
    return item;
  });
  give("0", "1", "2");
  assertEquals(before, [0, 0, 1]);
  assertEquals(seen(), ["ok 0-1: 0 1", "ok 2: 2"]);
});

Deno.test("slot: beside an item that waits, what has ended leaves 5 ms later", () => {
  const { give, seen, elapse } = slotStage((item) => item === 0 ? new Promise(() => {}) : item, { tasks: 2 });
  give("0", "1");
  assertEquals(seen(), []);
  elapse(4);
  assertEquals(seen(), []);
  elapse(1);
  assertEquals(seen(), ["ok 1: 1"]);
});

Deno.test("slot: while it computes, what has ended leaves every 25 ms, between two items", () => {
  const { give, posted, time } = slotStage(() => {
    time.now += 10;
    before.push(posted.length);
  });
  const before: number[] = [];
  give(..."01234567");
  assertEquals(before, [0, 0, 0, 1, 1, 1, 2, 3], "at 30 and 60 ms, and before the last one");
});

Deno.test("slot: what fills the outbox leaves at once, though the item beside it goes on", () => {
  const { give, seen } = slotStage((item) => item === 0 ? new Promise(() => {}) : "x".repeat(100_000), { tasks: 2 });
  give("0", "1");
  assertEquals(seen().map((text) => text.length), [100_000 + 'ok 1: ""'.length]);
});

Deno.test("slot: an item that main has taken back does not start, and does not hold up the rest", async () => {
  const { run, started, end } = heldItems();
  const { give, block, isRunning } = slotStage(run);
  give("0", "1", "2");
  reclaimItem(block, n(1), generation);
  await end(0);
  assertEquals([started, isRunning(0), isRunning(1), isRunning(2)], [[0, 2], false, false, true]);
});

Deno.test("slot: nothing starts once the run is stopped", async () => {
  const { run, started, end } = heldItems();
  const { give, slot, control, seen } = slotStage(run);
  give("0", "1");
  control[controlWord.stopped] = 1;
  await end(0);
  assertEquals([started, seen()], [[0], []], "its outcome leaves a moment later");
  slot.stop();
  control[controlWord.stopped] = 0;
  slot.resume();
  assertEquals([started, seen()], [[0], ["ok 0: 0"]], "what it had not started is gone");
});

Deno.test("slot: its stop aborts the signals of running items", () => {
  const signals: AbortSignal[] = [];
  const { give, slot } = slotStage((_, { signal }) => {
    signals.push(signal);
    return new Promise(() => {});
  }, { tasks: 2 });
  give("0", "1");
  assertEquals(signals.map(({ aborted }) => aborted), [false, false]);
  slot.stop();
  assertEquals(signals.map(({ reason }) => `${reason}`), Array(2).fill("AbortError: the run was stopped"));
});

Deno.test("slot: a job knows its item's number, its thread and what setup gave; an index steps over what is left out", () => {
  const seen: unknown[] = [];
  const { give } = slotStage((item, { index, thread, state }: ItemContext) => {
    seen.push([item, index, thread, state]);
  }, {
    thread: 3,
    state: "prepared",
    numbering: { first: 100, step: 7, skipped: [{ first: 1, end: 3 }] },
  });
  give('"a"', '"b"');
  assertEquals(seen, [["a", 100, 3, "prepared"], ["b", 121, 3, "prepared"]]);
});

Deno.test("slot: records carry the item's line, and lines that are not read as they are written are counted", () => {
  const { give, posted } = slotStage((item) => item, { format: { ...valueFormat("json", "json"), tag: true } });
  give("1", "9007199254740993", "1e999");
  const counts = posted.map((message) => message.kind === "results" ? message.inexact : message);
  assertEquals(counts, [{ items: 1, line: 12 }, { items: 1, line: 13 }] as never);
});

Deno.test("slot: what an item throws, and what it cannot read, are its outcomes; the others go on", () => {
  const { give, seen } = slotStage((item) => {
    if (item === 1) throw new TypeError("thrown");
    return item;
  });
  give("0", "1", "{", "3");
  const [first, second, third, last] = seen();
  assertEquals([first, last], ["ok 0: 0", "ok 3: 3"]);
  assertEquals(second, 'error 1: {"line":12,"error":{"name":"TypeError","message":"thrown"}}');
  assertEquals(JSON.parse(third.slice("error 2: ".length)).error.code, "not-json");
});

Deno.test("slot: results say how long there was work, not how long there was none, and how long promises were pending", async () => {
  const { run, end } = heldItems();
  const { give, results, elapse } = slotStage(run, { tasks: 2 });
  elapse(1_000);
  give("0", "1");
  elapse(7);
  await end(0);
  elapse(5);
  elapse(8);
  await end(1);
  elapse(500);
  give("2");
  elapse(3);
  await end(2);
  assertEquals(results().map(({ ms, pendingMs }) => [ms, pendingMs]), [[12, 7], [8, 20], [3, 3]]);
});

Deno.test("slot: the probes are told of work, of its end, and of when items came", async () => {
  const told: string[] = [];
  const probes = {
    arrived: (sentAt: number) => (told.push(`sent at ${sentAt}`), { sentAt, takenAt: 4 }),
    begin: () => void told.push("begin"),
    end: () => void told.push("end"),
    itemEnded: ({ item, since, arrival }: { item: number; since: number; arrival: { sentAt: number } }) =>
      void told.push(`item ${item} of ${arrival.sentAt}, started at ${since}`),
    take: () => ({ itemMs: [5] }),
  };
  const { run, end } = heldItems();
  const { assign, take, time, results } = slotStage(run, { probes: probes as never });
  time.now = 9;
  take(assign(["0"]), 0, 2);
  take(assign(["1"]), 1, 3);
  assertEquals(told.splice(0), ["begin", "sent at 2", "sent at 3"]);
  await end(0);
  assertEquals(told.splice(0), ["item 0 of 2, started at 9"]);
  await end(1);
  assertEquals(told, ["item 1 of 3, started at 9", "end"]);
  assertEquals(results().map(({ itemMs }) => itemMs), [[5], [5]]);
});

Deno.test("slot: each item's code is in its scope, what the slot does is in none", async () => {
  const scopes: unknown[] = [];
  const { give } = slotStage((item) => {
    scopes.push([item, itemInScope()?.item]);
    return item === 0 ? Promise.resolve() : item;
  }, { tasks: 2, post: () => void scopes.push(itemInScope()) });
  give("0", "1");
  scopes.push(itemInScope());
  await settled();
  assertEquals(scopes, [[0, 0], [1, 1], undefined, undefined]);
});
