import { assertEquals } from "@std/assert";
import type { Outbox } from "../../../lib/exec/slot/outbox.ts";
import { SlotOutput } from "../../../lib/exec/slot/slot_output.ts";

/** Output with a credit of 10 bytes, of an outbox of which each flush posts so many. */
function output(bytes: number) {
  const timers: [number, () => void][] = [];
  const left: unknown[] = [];
  const outbox = { flush: (valuesLeft: (...args: unknown[]) => void) => (valuesLeft(1, bytes), bytes) };
  const output = new SlotOutput({
    outbox: outbox as unknown as Outbox,
    credit: 10,
    after: (ms, callback) => void timers.push([ms, callback]),
    valuesLeft: (...args) => void left.push(args),
  });
  return { output, timers, left };
}

Deno.test("slot output: there is credit while main has not yet to take as much as that", () => {
  const { output: slot, left } = output(9);
  assertEquals(slot.hasCredit, true);
  slot.flush();
  assertEquals([slot.hasCredit, left], [true, [[1, 9]]]);
  slot.flush();
  assertEquals(slot.hasCredit, false);
  slot.taken(8);
  assertEquals(slot.hasCredit, false, "10 bytes are under way");
  slot.taken(1);
  assertEquals(slot.hasCredit, true);
});

Deno.test("slot output: what is to leave later leaves once, 5 ms later, and then again", () => {
  const { output: slot, timers, left } = output(1);
  slot.flushLater();
  slot.flushLater();
  assertEquals([timers.length, timers[0][0], left.length], [1, 5, 0]);
  timers[0][1]();
  assertEquals(left.length, 1);
  slot.flushLater();
  assertEquals(timers.length, 2);
  timers[1][1]();
  assertEquals(left.length, 2);
});
