import { assertEquals } from "@std/assert";
import { type Clock, nextTurn } from "../../../lib/clock.ts";
import type { HostedSlot } from "../../../lib/exec/host/host.ts";
import { PoolSlot } from "../../../lib/exec/pool/pool_slot.ts";
import { TimeLimit } from "../../../lib/exec/pool/time_limit.ts";
import { n } from "../numbers.ts";
import { assignItem, blockLength, startedAt, startItem, viewBlock, writeFrame } from "../../../lib/exec/wire/block.ts";

/** The limit, and how long after it an item is abandoned: the grace time, a quarter of the limit, and 30 ms for the answer. */
const [limitMs, graceMs] = [100, 25 + 30];

/** An item that starts 60 ms after `from` and never ends: which events it causes, and when after `from`. */
async function watch(from: number): Promise<string[]> {
  const block = viewBlock(new SharedArrayBuffer(blockLength(1, 0)), 1);
  writeFrame(block, n(0), n(1), 0, 0, n(0));
  assignItem(block, n(0), n(1));
  startItem(block, n(0), n(1), n(1), from + 60);
  let now = from;
  const waits: { readonly ms: number; readonly end: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    wait(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      waits.push({ ms, end: resolve });
      return { done: promise, cancel: () => {} };
    },
  };
  const slot = new PoolSlot(0, n(1), new SharedArrayBuffer(), () => ({}) as HostedSlot);
  const found: string[] = [];
  const limit = new TimeLimit({
    limitMs,
    clock,
    running: () => Promise.resolve([{ slot, item: n(7), since: startedAt(block, n(0), n(1))! }]),
    report: (kind) => void found.push(`${kind} after ${now - from}`),
  });
  limit.start();
  for (let i = 0; i < 3; i++) {
    const wait = waits.pop()!;
    now += wait.ms;
    wait.end();
    await nextTurn();
  }
  limit.stop();
  return found;
}

Deno.test("time limit: an item has all of its time wherever the 32 bits of its start wrap around", async () => {
  const expected = [`overdue after ${60 + limitMs}`, `expired after ${60 + limitMs + graceMs}`];
  for (const seam of [1000, 2 ** 31, 2 ** 32, 2 ** 33 + 2 ** 31]) {
    for (const before of [200, 150, 100, 59, 30, -1]) {
      assertEquals(await watch(seam - before), expected, `from ${seam} - ${before}`);
    }
  }
});

/** What runs, as `item: when it started`, at each moment at which the limit looks; undefined: the run has ended. */
async function look(...moments: readonly (Readonly<Record<number, number>> | undefined)[]) {
  let now = 0;
  const [found, pauses, open] = [[] as string[], [] as number[], new Set<() => void>()];
  const clock: Clock = {
    now: () => now,
    wait(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      pauses.push(ms);
      open.add(resolve);
      return { done: promise, cancel: () => void open.delete(resolve) };
    },
  };
  const slot = new PoolSlot(0, n(1), new SharedArrayBuffer(), () => ({}) as HostedSlot);
  let running = moments[0];
  const limit = new TimeLimit({
    limitMs,
    clock,
    running() {
      if (running === undefined) limit.stop();
      return Promise.resolve(
        Object.entries(running ?? {}).map(([item, since]) => ({ slot, item: n(Number(item)), since: n(since) })),
      );
    },
    report: (kind, _, item) => void found.push(`${item} ${kind} at ${now}`),
  });
  limit.start();
  for (running of moments) {
    now += pauses.at(-1) ?? NaN;
    const due = [...open];
    open.clear();
    for (const end of due) end();
    await nextTurn();
  }
  const waiting = open.size;
  limit.stop();
  return { found, pauses, waiting, left: open.size };
}

Deno.test("time limit: a second attempt has its own limit and its own grace, also if nobody looked between the two", async () => {
  const { found, pauses } = await look({ 7: 1 }, { 7: 1 }, { 7: 102 }, { 7: 102 }, { 7: 102 });
  // its second attempt, from 102 on, is seen first when the grace time of the first one is over
  assertEquals(pauses, [100, 2, 55, 45, 55, 100]);
  assertEquals(found, ["7 overdue at 102", "7 overdue at 202", "7 expired at 257"]);
});

Deno.test("time limit: an attempt with the same start as an earlier one that was seen to end is a new one", async () => {
  const { found } = await look({ 7: 1 }, { 7: 1 }, {}, { 7: 1 });
  assertEquals(found, ["7 overdue at 102", "7 overdue at 257"]);
});

Deno.test("time limit: each item has its own; the next look is when the first of them can be over", async () => {
  const { found, pauses } = await look({ 1: 1, 2: 41, 3: 91 }, { 1: 1, 2: 41, 3: 91 }, { 1: 1, 2: 41, 3: 91 });
  assertEquals(pauses, [100, 2, 39, 16]);
  assertEquals(found, ["1 overdue at 102", "2 overdue at 141"]);
});

Deno.test("time limit: an item that is over its limit by nothing is overdue, and expires when its grace is over", async () => {
  const { found, pauses } = await look({}, { 1: 100 }, { 1: 100 }, {});
  assertEquals([found, pauses], [["1 overdue at 200", "1 expired at 255"], [100, 100, 55, 100, 100]]);
});

Deno.test("time limit: where nothing runs, it looks once in each limit; it never looks more often than each 2 ms", async () => {
  assertEquals((await look({}, {}, {})).pauses, [100, 100, 100, 100]);
  assertEquals((await look({ 1: 1 })).pauses, [100, 2]);
});

Deno.test("time limit: a run that ends, also during a look, leaves no wait", async () => {
  assertEquals((await look({}, {})).waiting, 1);
  assertEquals((await look({}, {})).left, 0);
  const { waiting, pauses } = await look({}, undefined);
  assertEquals([waiting, pauses.length], [0, 2]);
});
