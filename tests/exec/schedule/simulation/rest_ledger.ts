import type { Command, Event, SlotId, State } from "../../../../lib/exec/schedule/scheduler.ts";
import { Violation } from "./ledger.ts";

/** Which items keep their places, by what the scheduler is told and by its commands alone. */
export class RestLedger {
  readonly #keeps: boolean;
  readonly #resting = new Map<SlotId, Set<number>>();

  constructor(keepsPlaces: boolean) {
    this.#keeps = keepsPlaces;
  }

  /** What the scheduler has made of an event. */
  saw(event: Event, commands: readonly Command[]): void {
    if (event.kind === "died" || event.kind === "crashed") this.#resting.delete(event.slot);
    if (event.kind === "retryDue") { for (const items of this.#resting.values()) items.delete(event.item); }
    for (const command of commands) {
      if (command.kind === "kill") this.#resting.delete(command.slot);
      const rests = command.kind === "backOff" && command.afterMs > 0 && event.kind === "ended" && this.#keeps;
      if (rests) this.#of(event.slot).add(command.item);
    }
  }

  compare({ slots }: State): void {
    for (const [id, { resting }] of slots) {
      const expected = [...this.#of(id)].sort((a, b) => a - b);
      const found = [...resting.ranges].flatMap(({ first, end }) =>
        Array.from({ length: end - first }, (_, i) => first + i)
      );
      if (String(found) !== String(expected)) {
        throw new Violation(`slot ${id} keeps the places of ${found}, not of ${expected}`);
      }
    }
  }

  #of(slot: SlotId): Set<number> {
    const items = this.#resting.get(slot) ?? new Set();
    this.#resting.set(slot, items);
    return items;
  }
}
