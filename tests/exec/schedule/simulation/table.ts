import { type Range, RangeSet } from "../../../../lib/exec/schedule/range_set.ts";
import type { FakeSlot } from "./fake_slot.ts";

/** The shared table: which slot an item was sent to, and its phase there. */
export class Table {
  readonly #words = new Map<number, { slot: FakeSlot; phase: "assigned" | "started" | "finished" }>();

  assign({ first, end }: Range, slot: FakeSlot): void {
    for (let item = first; item < end; item++) this.#words.set(item, { slot, phase: "assigned" });
  }

  /** A slot starts an item; false if it was taken back. */
  start(item: number, slot: FakeSlot): boolean {
    const word = this.#words.get(item);
    if (word?.slot !== slot || word.phase !== "assigned") return false;
    word.phase = "started";
    return true;
  }

  finish(item: number, slot: FakeSlot): void {
    const word = this.#words.get(item);
    if (word?.slot === slot) word.phase = "finished";
  }

  /** Takes back the items that have not started. */
  reclaim(ranges: readonly Range[], slot: FakeSlot): readonly Range[] {
    const taken = new RangeSet();
    for (const { first, end } of ranges) {
      for (let item = first; item < end; item++) {
        if (this.phase(item, slot) !== "assigned") continue;
        this.#words.delete(item);
        taken.add(item, item + 1);
      }
    }
    return taken.ranges;
  }

  /** The phase of an item at a slot; undefined if it is not there. */
  phase(item: number, slot: FakeSlot): "assigned" | "started" | "finished" | undefined {
    const word = this.#words.get(item);
    return word?.slot === slot ? word.phase : undefined;
  }
}
