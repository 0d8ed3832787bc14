import { assertEquals } from "@std/assert";
import type { HostedSlot } from "../../../lib/exec/host/host.ts";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { InFlight } from "../../../lib/exec/pool/in_flight.ts";
import { limitsOf, type RunContext } from "../../../lib/exec/pool/run_options.ts";
import { Slots } from "../../../lib/exec/pool/slots.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Probes, ToSlot } from "../../../lib/exec/wire/protocol.ts";
import type { Part } from "../../../lib/exec/wire/part.ts";
import { initialState, step } from "../../../lib/exec/schedule/scheduler.ts";
import { assignItem, startedAt, startItem } from "../../../lib/exec/wire/block.ts";
import { n } from "../numbers.ts";

/** Two items that one slot holds, in lines 5 and 6, with these starts; it says that these of them run. */
function twoItems(now: number, starts: readonly [number, number], running = [0, 1], probes?: Probes) {
  const blocks = new BlockStore();
  for (const line of [5, 6]) blocks.append(new Uint8Array(1), n(line));
  const [{ held }] = blocks.parts({ first: 0, end: 2 });
  const clock: Clock = { now: () => now, wait: () => ({ done: new Promise(() => {}), cancel: () => {} }) };
  const asked: string[] = [];
  const ask = (what: string, parts: readonly Part[]) => {
    for (const { from, range: { first, end } } of parts) asked.push(`${what} ${first}-${end} at ${from}`);
  };
  const hosted = {
    post: () => {},
    send: (part, sentAt) => ask(`send ${sentAt}`, [part]),
    reclaim: (parts) => ask("reclaim", parts),
    cancel: (part) => ask("cancel", [part]),
    lastRunning: (parts) => (ask("last of", parts), []),
    running: () =>
      Promise.resolve(running.map((i) => ({ item: n(i), since: startedAt(held.block, n(i), n(1))!, waits: false }))),
  } as Partial<HostedSlot> as HostedSlot;
  for (const place of [0, 1]) {
    assignItem(held.block, n(place), n(1));
    startItem(held.block, n(place), held.use, n(1), starts[place]);
  }
  const slots = new Slots({
    name: "job",
    host: () => hosted,
    clock,
    loadMs: 1,
    results: () => new SharedArrayBuffer(),
    load: () => ({ kind: "load" }) as ToSlot & { kind: "load" },
    onMessage: () => {},
    onFailure: (error) => {
      throw error;
    },
  });
  slots.start(0);
  const pool = { slots, blocks, clock, probes } as Partial<RunContext> as RunContext;
  const state = initialState(limitsOf({ ordered: true }, 2));
  step(state, { kind: "ready", slot: 0 });
  step(state, { kind: "input", count: 2, bytes: 2, last: true });
  return { inFlight: new InFlight(pool, state), state, slots, asked };
}

const oldestOf = async (...given: Parameters<typeof twoItems>) => (await twoItems(...given).inFlight.now()).oldest;

Deno.test("in flight: finds the item that has been running longest wherever the 32 bits of its start wrap around", async () => {
  for (const seam of [1000, 2 ** 31, 2 ** 32, 2 ** 33 + 2 ** 31]) {
    assertEquals(await oldestOf(seam + 5, [seam + 2, seam - 10]), { line: 6, ageMs: 15 }, `${seam}`);
    assertEquals(await oldestOf(seam + 5, [seam - 10, seam + 2]), { line: 5, ageMs: 15 }, `${seam}`);
    assertEquals(await oldestOf(seam + 500, [seam + 50, seam + 20]), { line: 6, ageMs: 480 }, `${seam}`);
  }
});

Deno.test("in flight: one item is the oldest; one that has only just started, by a clock a little ahead, is 0 ms old; nothing is none", async () => {
  assertEquals(await oldestOf(500, [400, 1], [0]), { line: 5, ageMs: 100 });
  assertEquals(await oldestOf(500, [503, 1], [0]), { line: 5, ageMs: 0 });
  assertEquals(await oldestOf(500, [400, 1], []), undefined);
});

Deno.test("in flight: an item that ended while its slot was asked is not running", async () => {
  const { inFlight, state } = twoItems(500, [100, 200]);
  assertEquals((await inFlight.now()).items, 2);
  const now = inFlight.now();
  step(state, { kind: "ended", slot: 0, stretches: [{ first: 0, end: 1, ok: true, bytes: 1 }], ms: 1 });
  assertEquals(await now, { items: 1, oldest: { line: 6, ageMs: 300 } });
});

Deno.test("in flight: a slot is asked for its items by their places; when they were sent is told only if all is measured", () => {
  const { inFlight, slots, asked } = twoItems(500, [1, 1]);
  inFlight.send(0, { first: 0, end: 2 });
  inFlight.reclaim(0, [{ first: 0, end: 1 }, { first: 1, end: 2 }]);
  inFlight.cancel(0, 1);
  inFlight.lastRunning(slots.get(0)!);
  assertEquals(asked, [
    "send undefined 0-2 at 0",
    "reclaim 0-1 at 0",
    "reclaim 1-2 at 1",
    "cancel 1-2 at 1",
    "last of 0-2 at 0",
  ]);
  const measured = twoItems(500, [1, 1], [], "all");
  measured.inFlight.send(0, { first: 1, end: 2 });
  assertEquals(measured.asked, ["send 500 1-2 at 1"]);
});

Deno.test("in flight: a slot that is gone is asked for nothing", () => {
  const { inFlight, asked } = twoItems(500, [1, 1]);
  inFlight.send(7, { first: 0, end: 2 });
  inFlight.reclaim(7, [{ first: 0, end: 2 }]);
  inFlight.cancel(7, 1);
  assertEquals(asked, []);
});
