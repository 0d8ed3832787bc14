import { assert, assertEquals } from "@std/assert";
import process from "node:process";
import { viewBlock } from "../../../lib/exec/wire/block.ts";
import { type Arrival } from "../../../lib/exec/slot/arrival.ts";
import { ItemClock, SlotProbes, threadCpuTime } from "../../../lib/exec/slot/slot_probes.ts";
import { n } from "../numbers.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";

/** Probes whose clock shows what the test says, and whose timers never fire. */
function probes() {
  const time = { now: 0 };
  return { time, probes: new SlotProbes({ now: () => time.now, after: () => {} }) };
}

function startedAt(since: number, arrival: Arrival | undefined): StartedItem {
  const block = viewBlock(new SharedArrayBuffer(0), 0);
  return new StartedItem({ block, use: n(0), arrival }, n(0), n(0), n(1), since);
}

Deno.test("slot probes: phases are sums over the items that ended since the last report", () => {
  const { time, probes: slot } = probes();
  time.now = 103;
  const early = slot.arrived(100);
  time.now = 110;
  const late = slot.arrived(104);
  slot.begin();
  time.now = 140;
  slot.itemEnded(startedAt(110, early)); // sent 3, queued 7, ran 30
  time.now = 145;
  slot.itemEnded(startedAt(120, late)); // sent 6, queued 10, ran 25
  time.now = 150;
  slot.end();
  const first = slot.take(150);
  assertEquals(first.phases, { sentMs: 9, queuedMs: 17, heldMs: 10 + 5, leftAt: 150 });
  assertEquals([first.itemMs, first.lagMs], [[30, 25], [35, 30, 25, 20, 15, 10, 5]]);
  assert(first.heapBytes! > 0);
  time.now = 170;
  slot.itemEnded(startedAt(150, late));
  const second = slot.take(171);
  assertEquals([second.phases, second.itemMs], [{ sentMs: 6, queuedMs: 40, heldMs: 1, leftAt: 171 }, [20]]);
});

Deno.test("slot probes: a batch that seems to come before it was sent took no time: clocks differ by microseconds", () => {
  const { time, probes: slot } = probes();
  time.now = 99.99;
  slot.itemEnded(startedAt(99.99, slot.arrived(100)));
  assertEquals(slot.take(99.99).phases, { sentMs: 0, queuedMs: 0, heldMs: 0, leftAt: 99.99 });
});

Deno.test("slot probes: the heap is read again when the reading is 25 ms old", () => {
  const { probes: slot } = probes();
  const first = slot.take(0).heapBytes;
  const kept = Array.from({ length: 100_000 }, (_, i) => ({ i }));
  assertEquals(slot.take(24.9).heapBytes, first);
  assert(slot.take(25).heapBytes !== first);
  assertEquals(kept.length, 100_000);
});

Deno.test("slot probes: of items that nobody knows when they were sent only the time is known", () => {
  const { time, probes: slot } = probes();
  assertEquals(slot.arrived(undefined), undefined);
  time.now = 12;
  slot.itemEnded(startedAt(5, undefined));
  const { itemMs, phases } = slot.take(20);
  assertEquals([itemMs, phases], [[7], { sentMs: 0, queuedMs: 0, heldMs: 0, leftAt: 20 }]);
});

Deno.test("slot probes: what is left of rounding is no negative time", () => {
  const { time, probes: slot } = probes();
  time.now = 0.3;
  for (let item = 0; item < 6; item++) slot.itemEnded(startedAt(0, slot.arrived(0)));
  assertEquals(slot.take(0.3).phases?.heldMs, 0);
});

/** What `threadCpuUsage` of the thread's process says, in milliseconds, where Deno has it (since 2.9). */
type Usage = { threadCpuUsage?: () => { user: number; system: number } };

Deno.test("thread cpu time: it is the thread's, in milliseconds; undefined where nothing tells it", () => {
  const scope = process as unknown as Usage;
  const own = scope.threadCpuUsage;
  const read = () => own === undefined ? undefined : (({ user, system }) => (user + system) / 1000)(own.call(process));
  const [before, ms, after] = [read(), threadCpuTime(), read()];
  if (own === undefined) assertEquals(ms, undefined);
  else assert(before! <= ms! && ms! <= after!, `${before} ${ms} ${after}`);
  const broken = [undefined, () => ({ user: NaN, system: 1 }), () => ({ user: -5, system: 1 }), () => {
    throw new Error("the job has replaced it");
  }];
  try {
    for (const threadCpuUsage of broken) {
      scope.threadCpuUsage = threadCpuUsage;
      assertEquals(threadCpuTime(), undefined);
    }
    scope.threadCpuUsage = () => ({ user: 1_500, system: 3_000 });
    assertEquals(threadCpuTime(), 4.5);
  } finally {
    scope.threadCpuUsage = own;
  }
});

Deno.test("item clock: how long each item took since the last report, and nothing else", () => {
  const time = { now: 10 };
  const clock = new ItemClock({ now: () => time.now });
  clock.begin();
  assertEquals(clock.arrived(), undefined);
  clock.itemEnded(startedAt(4, undefined));
  time.now = 12;
  clock.itemEnded(startedAt(9, undefined));
  clock.end();
  assertEquals(clock.take(), { itemMs: [6, 3] });
  assertEquals(clock.take(), { itemMs: [] });
});
