import { type Range, RangeSet } from "../../../../lib/exec/schedule/range_set.ts";
import type { FakeSlot } from "./fake_slot.ts";

type Phase = "assigned" | "started" | "finished";

/** The shared table: which slot an item was sent to, its phase there, and when it started. */
export class Table {
  readonly #words = new Map<number, { slot: FakeSlot; phase: Phase; startedAt: number }>();

  assign({ first, end }: Range, slot: FakeSlot): void {
    for (let item = first; item < end; item++) this.#words.set(item, { slot, phase: "assigned", startedAt: NaN });
  }

  /** A slot starts an item; false if it was taken back. */
  start(item: number, slot: FakeSlot, now: number): boolean {
    const word = this.#words.get(item);
    if (word?.slot !== slot || word.phase !== "assigned") return false;
    word.phase = "started";
    word.startedAt = now;
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
  phase(item: number, slot: FakeSlot): Phase | undefined {
    const word = this.#words.get(item);
    return word?.slot === slot ? word.phase : undefined;
  }

  /** When an item that runs in the slot started; undefined if it does not. */
  startedAt(item: number, slot: FakeSlot): number | undefined {
    return this.phase(item, slot) === "started" ? this.#words.get(item)?.startedAt : undefined;
  }

  /** All items that run in a slot. */
  running(slot: FakeSlot): number[] {
    return [...this.#words.keys()].filter((item) => this.phase(item, slot) === "started").sort((a, b) => a - b);
  }
}
