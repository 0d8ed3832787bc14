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
