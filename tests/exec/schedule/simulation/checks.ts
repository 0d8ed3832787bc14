import type { SlotId, State } from "../../../../lib/exec/schedule/scheduler.ts";
import type { FakeSlot } from "./fake_slot.ts";
import { Violation } from "./ledger.ts";
import type { Table } from "./table.ts";

/** After a step, no slot is idle while there is work that it could do. */
export function checkIdle(state: State, slots: ReadonlyMap<SlotId, FakeSlot>, table: Table, asking: boolean): void {
  let idle = false;
  for (const [id, { held, alone }] of state.slots) {
    if (state.suspects.size > 0 && held.size === 0) throw new Violation(`suspects wait, and slot ${id} is idle`);
    if (alone || id >= state.threads) continue; // the run has been made narrower than that
    if (state.waiting.size > 0 && held.size < state.tasks) throw new Violation(`items wait, and slot ${id} has room`);
    idle ||= held.size === 0;
  }
  if (!idle || asking || !state.limits.steal) return;
  for (const [id, { held }] of state.slots) {
    const slot = slots.get(id);
    if (held.size < 2 || slot === undefined) continue; // a single item is about to start
    for (const { first, end } of held.ranges) {
      for (let item = first; item < end; item++) {
        if (table.phase(item, slot) === "assigned") throw new Violation(`${item} waits in slot ${id}, another is idle`);
      }
    }
  }
}
