import { type SlotId, type State, wantsInput } from "../../../../lib/exec/schedule/scheduler.ts";
import type { FakeSlot } from "./fake_slot.ts";
import { Violation } from "./ledger.ts";
import type { Table } from "./table.ts";

/** After a step, no slot is idle while there is work that it could do, and no retry waits for items that do not come. */
export function checkIdle(state: State, slots: ReadonlyMap<SlotId, FakeSlot>, table: Table, asking: boolean): void {
  const idles = [...state.slots.values()].every(({ held }) => held.size === 0);
  if (state.due.size > 0 && state.waiting.size + state.heldBack.size === 0 && (idles || !wantsInput(state))) {
    throw new Violation("a retry waits, and nothing else is left to start");
  }
  const { paused, bytesOut, yielded, limits: { heldBackBy, windowBytes } } = state;
  const isStuck = paused || heldBackBy !== undefined && (bytesOut >= windowBytes || yielded.size > 0);
  if (state.limits.ordered && isStuck && state.due.has(state.nextOut)) {
    throw new Violation(`all wait for ${state.nextOut}, and it waits for the retry budget`);
  }
  let idle = false;
  for (const [id, { held, alone, resting }] of state.slots) {
    if (state.suspects.size > 0 && held.size === 0) throw new Violation(`suspects wait, and slot ${id} is idle`);
    if (alone || id >= state.threads) continue; // the run has been made narrower than that
    if (state.waiting.size > 0 && held.size + resting.size < state.tasks) {
      throw new Violation(`items wait, and slot ${id} has room`);
    }
    idle ||= held.size === 0 && resting.size < state.tasks;
  }
  if (!idle || asking || !state.limits.steal) return;
  for (const [id, { held, resting }] of state.slots) {
    const slot = slots.get(id);
    const starts = resting.size < state.tasks ? 1 : 0; // a single item is about to start
    if (held.size <= starts || slot === undefined) continue;
    for (const { first, end } of held.ranges) {
      for (let item = first; item < end; item++) {
        if (table.phase(item, slot) === "assigned") throw new Violation(`${item} waits in slot ${id}, another is idle`);
      }
    }
  }
}
