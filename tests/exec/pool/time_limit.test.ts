import { assertEquals } from "@std/assert";
import { type Clock, nextTurn } from "../../../lib/clock.ts";
import type { HostedSlot } from "../../../lib/exec/host/host.ts";
import { PoolSlot } from "../../../lib/exec/pool/pool_slot.ts";
import type { RunEvent } from "../../../lib/exec/pool/run_options.ts";
import type { Slots } from "../../../lib/exec/pool/slots.ts";
import { type Found, type RunningItem, TimeLimit, watchTime } from "../../../lib/exec/pool/time_limit.ts";
import type { ItemNumber, StartTime } from "../../../lib/exec/wire/numbers.ts";
import { n } from "../numbers.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";
import { assignItem, blockLength, startedAt, startItem, viewBlock, writeFrame } from "../../../lib/exec/wire/block.ts";

/** The limit, and how long after it an item is abandoned: the grace time, a quarter of the limit, and 30 ms for the answer. */
const [limitMs, graceMs] = [100, 25 + 30];

/** A time limit over items that a test makes up, and a clock that goes on to the end of the limit's next wait. */
function watch(from: number, running: () => readonly RunningItem[], limit = limitMs) {
  let now = from;
  let next: { readonly ms: number; readonly end: () => void } | undefined;
  const clock: Clock = {
    now: () => now,
    wait(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      next = { ms, end: resolve };
      return { done: promise, cancel: () => {} };
    },
  };
  const found: string[] = [];
  const report = (one: Found) => {
    const holders = one.kind === "expired" ? `, held by ${one.holders}` : "";
    found.push(`${one.item} is ${one.kind} after ${now - from}${holders}`);
  };
  const timeLimit = new TimeLimit({ limitMs: limit, clock, running: () => Promise.resolve(running()), report });
  timeLimit.start();
  return {
    found,
    /** The next wait ends; `lateMs` after its time, if the process was stopped so long. */
    async goOn(lateMs = 0) {
      now += next!.ms + lateMs;
      next!.end();
      await nextTurn();
    },
    get now() {
      return now - from;
    },
    stop: () => timeLimit.stop(),
  };
}

const slot = new PoolSlot(0, n(1), new SharedArrayBuffer(), () => ({}) as HostedSlot);

/** An item that starts 60 ms after `from` and never ends: which events it causes, and when after `from`. */
async function watchOne(from: number): Promise<string[]> {
  const block = viewBlock(new SharedArrayBuffer(blockLength(1, 0)), 1);
  writeFrame(block, n(0), n(1), 0, 0, n(0));
  assignItem(block, n(0), n(1));
  startItem(block, n(0), n(1), n(1), from + 60);
  const running = () => [{ slot, item: n<ItemNumber>(7), since: startedAt(block, n(0), n(1))!, waits: false }];
  const watched = watch(from, running);
  for (let i = 0; i < 3; i++) await watched.goOn();
  watched.stop();
  return watched.found;
}

Deno.test("time limit: an item has all of its time wherever the 32 bits of its start wrap around", async () => {
  const expected = [
    `7 is overdue after ${60 + limitMs}`,
    `7 is expired after ${60 + limitMs + graceMs}, held by 7`,
  ];
  for (const seam of [1000, 2 ** 31, 2 ** 32, 2 ** 33 + 2 ** 31]) {
    for (const before of [200, 150, 100, 59, 30, -1]) {
      assertEquals(await watchOne(seam - before), expected, `from ${seam} - ${before}`);
    }
  }
});

/** What runs, as `item: when it started`, at each moment at which the limit looks; undefined: as at first, and the run ends meanwhile. */
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
        Object.entries(running ?? moments[0] ?? {}).map(([item, since]) => ({
          slot,
          item: n<ItemNumber>(Number(item)),
          since: n<StartTime>(since),
          waits: false,
        })),
      );
    },
    report: ({ item, kind }) => void found.push(`${item} ${kind} at ${now}`),
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
  assertEquals((await look({ 1: 50 }, undefined)).found, [], "nothing is overdue in a run that has ended");
});

const waiting = { slot, item: n<ItemNumber>(1), since: n<StartTime>(1_000), waits: true };

Deno.test("time limit: an item that waits expires only after the one that holds their thread, which has all of its time", async () => {
  const holding = { slot, item: n<ItemNumber>(2), since: n<StartTime>(1_090), waits: false };
  const watched = watch(1_000, () => [waiting, holding]);
  while (watched.found.length < 3) await watched.goOn();
  watched.stop();
  assertEquals(watched.found, [
    "1 is overdue after 100",
    "2 is overdue after 190",
    `2 is expired after ${190 + graceMs}, held by 2`,
  ]);
});

Deno.test("time limit: where all items of a stuck thread wait, each may hold it; those of other threads do not", async () => {
  const other = new PoolSlot(1, n(2), new SharedArrayBuffer(), () => ({}) as HostedSlot);
  const young = { slot, item: n<ItemNumber>(3), since: n<StartTime>(1_150), waits: true };
  const elsewhere = { slot: other, item: n<ItemNumber>(4), since: n<StartTime>(1_150), waits: false };
  const watched = watch(1_000, () => [waiting, young, elsewhere]);
  while (watched.found.length < 2) await watched.goOn();
  watched.stop();
  assertEquals(watched.found, ["1 is overdue after 100", `1 is expired after ${100 + graceMs}, held by 1,3`]);
});

Deno.test("time limit: the time in which the program was stopped does not count, neither for the limit nor for the grace", async () => {
  const item = { slot, item: n<ItemNumber>(1), since: n<StartTime>(1_060), waits: false };
  const watched = watch(1_000, () => [item]);
  await watched.goOn(5_000);
  assertEquals([watched.now, watched.found], [5_100, []]);
  await watched.goOn();
  await watched.goOn(3_000);
  watched.stop();
  assertEquals(watched.found, [
    `1 is overdue after ${60 + limitMs + 5_000}`,
    `1 is expired after ${60 + limitMs + 5_000 + graceMs + 3_000}, held by 1`,
  ]);
});

Deno.test("time limit: several stops add up, in the middle of a long limit too; an item gets the time of those that it has seen", async () => {
  const old = { slot, item: n<ItemNumber>(1), since: n<StartTime>(1_000), waits: true };
  const young = { slot, item: n<ItemNumber>(2), since: n<StartTime>(1_000 + 250 + 5_000 + 100), waits: true };
  const running = (): readonly RunningItem[] => {
    if (watched.found.length >= 2) return [young]; // the old one has failed
    return watched.now > 250 + 5_000 + 100 ? [old, young] : [old];
  };
  const watched = watch(1_000, running, 1_000);
  for (const lateMs of [5_000, 0, 2_000]) await watched.goOn(lateMs);
  while (watched.found.length < 3) await watched.goOn();
  watched.stop();
  assertEquals(watched.found, [
    `1 is overdue after ${1_000 + 7_000}`,
    `1 is expired after ${1_000 + 7_000 + 280}, held by 1,2`,
    `2 is overdue after ${250 + 5_000 + 100 + 1_000 + 2_000}`,
  ]);
});

Deno.test("time limit: a main thread that is a little late has not been stopped", async () => {
  const item = { slot, item: n<ItemNumber>(1), since: n<StartTime>(1_000), waits: false };
  const watched = watch(1_000, () => [item]);
  await watched.goOn(90);
  watched.stop();
  assertEquals(watched.found, ["1 is overdue after 190"]);
});

Deno.test("time limit of a run: what it finds is an event of the slot, a final one where it is; of a slot that is gone it says nothing", async () => {
  const found = async (timeoutMs: number | undefined, final: boolean, isThere = true) => {
    const clock = new Agenda();
    const events: RunEvent[] = [];
    const push = (event: RunEvent) => void events.push(event);
    const slots = { has: () => isThere } as Partial<Slots> as Slots;
    const running = () => Promise.resolve([{ slot, item: n<ItemNumber>(7), since: n<StartTime>(1), waits: false }]);
    const limit = watchTime({ clock, slots, push }, { timeoutMs }, final, running);
    limit?.start();
    while (events.length < 2 && clock.now() < 1_000 && await clock.next());
    limit?.stop();
    return events;
  };
  const events = (final: boolean): RunEvent[] => [
    { kind: "overdue", item: 7, slot: 0 },
    { kind: "expired", item: 7, holders: [7], slot: 0, final },
  ];
  assertEquals([await found(100, true), await found(100, false)], [events(true), events(false)]);
  assertEquals([await found(100, true, false), await found(undefined, true)], [[], []]);
});
