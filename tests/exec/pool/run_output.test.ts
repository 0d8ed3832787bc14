import { assertEquals } from "@std/assert";
import type { PoolSlot } from "../../../lib/exec/pool/pool_slot.ts";
import { limitsOf, type RunContext } from "../../../lib/exec/pool/run_options.ts";
import { RunOutput } from "../../../lib/exec/pool/run_output.ts";
import { initialState, scheduler, step } from "../../../lib/exec/schedule/scheduler.ts";
import { controlWord } from "../../../lib/exec/wire/protocol.ts";

/** What holds a run of two slots with two tasks each back, that has this many items. */
function heldBack(
  items: number,
  { paused = false, last = false, waits = true, untaken = items, bytesOut = 0, paced = false } = {},
) {
  const heldBackBy = paced ? "key" as const : undefined;
  const limits = { ...limitsOf({ ordered: true }, 2), windowItems: 100, windowBytes: 1_000, heldBackBy };
  const state = initialState(limits);
  for (const slot of [0, 1]) step(state, { kind: "ready", slot });
  step(state, { kind: "input", count: items, bytes: items, last });
  Object.assign(state, { untaken, bytesOut });
  const slots = [{ id: 0, paused: false }, { id: 2, paused }] as PoolSlot[];
  const control = new Int32Array(controlWord.length);
  const pool = { scheduler, control, slots: slots as Iterable<PoolSlot> };
  const output = new RunOutput(pool as Partial<RunContext> as RunContext, state);
  output.consumerWaits(waits);
  return output.heldBack;
}

Deno.test("held back: by the input, if there is a place and more is wanted", () => {
  assertEquals([0, 1, 3, 4, 20].map((items) => heldBack(items)), ["input", "input", "input", undefined, undefined]);
  assertEquals(heldBack(1, { last: true }), undefined, "the input has ended");
  assertEquals(
    [0, 1].map((items) => heldBack(items, { paced: true })),
    ["input", undefined],
    "an item waits for its pace",
  );
});

Deno.test("held back: by the reader, if it is busy and output or window are full, or a slot has no credit", () => {
  assertEquals(heldBack(20, { waits: false }), undefined);
  for (const full of [{ paused: true }, { untaken: 100 }, { bytesOut: 1_000 }]) {
    assertEquals(heldBack(20, { waits: false, ...full }), "reader", JSON.stringify(full));
    assertEquals(heldBack(20, full), undefined, "the reader waits: an earlier item has not ended");
  }
});
