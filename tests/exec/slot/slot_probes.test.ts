import { assert, assertEquals } from "@std/assert";
import { viewBlock } from "../../../lib/exec/wire/block.ts";
import { type Arrival } from "../../../lib/exec/slot/arrival.ts";
import { SlotProbes } from "../../../lib/exec/slot/slot_probes.ts";
import { n } from "../numbers.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";

/** Probes whose clock shows what the test says, and whose timers never fire. */
function probes() {
  const time = { now: 0 };
  return {
    time,
    probes: new SlotProbes({ now: () => time.now, after: () => {}, heapBytes: () => Deno.memoryUsage().heapUsed }),
  };
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
