import { msSince } from "../wire/block.ts";
import type { Part } from "../wire/part.ts";
import type { Range } from "../schedule/range_set.ts";
import type { SlotId, State } from "../schedule/scheduler.ts";
import type { PoolSlot } from "./pool_slot.ts";
import type { RunContext } from "./run_options.ts";
import type { RunningItem } from "./time_limit.ts";

/** The items that slots hold: where their bytes are, and which of them are running. */
export class InFlight {
  readonly #pool: RunContext;
  readonly #state: State;

  constructor(pool: RunContext, state: State) {
    this.#pool = pool;
    this.#state = state;
  }

  send(id: SlotId, range: Range): void {
    const { slots, blocks, probes, clock } = this.#pool;
    const slot = slots.get(id);
    const sentAt = probes === "all" ? clock.now() : undefined;
    for (const part of blocks.parts(range)) slot?.hosted.send(part, sentAt);
  }

  /** Takes back what has not started. */
  reclaim(id: SlotId, ranges: readonly Range[]): void {
    this.#pool.slots.get(id)?.hosted.reclaim(this.#partsOf(ranges));
  }

  cancel(id: SlotId, item: number): void {
    const [part] = this.#partsOf([{ first: item, end: item + 1 }]);
    this.#pool.slots.get(id)?.hosted.cancel(part);
  }

  /** All running items, with their slots and starts. */
  async running(): Promise<RunningItem[]> {
    const all = await Promise.all([...this.#pool.slots].map(async (slot) => {
      const items = await slot.hosted.running(this.#partsOf(this.#heldBy(slot)));
      return items.map((one) => ({ ...one, slot }));
    }));
    return all.flat();
  }

  /** The items that a slot was running when it posted `fatal`. */
  lastRunning(slot: PoolSlot): Range[] {
    const running = slot.hosted.lastRunning(this.#partsOf(this.#heldBy(slot)));
    return running.map(({ item }) => ({ first: item, end: item + 1 }));
  }

  /** Resolves to the line and age of the item that has been running longest; undefined if none runs. */
  async oldest(): Promise<{ readonly line: number; readonly ageMs: number } | undefined> {
    const running = (await this.running()).filter(({ slot, item }) => this.#state.slots.get(slot.id)?.held.has(item));
    const now = this.#pool.clock.now();
    const ages = running.map(({ item, since }) => ({ item, ageMs: Math.max(0, msSince(since, now)) }));
    const oldest = ages.reduce((a, b) => b.ageMs > a.ageMs ? b : a, ages[0]);
    return oldest && { line: this.#pool.blocks.lineOf(oldest.item), ageMs: oldest.ageMs };
  }

  /** Splits these items into parts that each lie in one block. */
  #partsOf(ranges: readonly Range[]): Part[] {
    return ranges.flatMap((range) => [...this.#pool.blocks.parts(range)]);
  }

  #heldBy({ id }: PoolSlot): readonly Range[] {
    return this.#state.slots.get(id)?.held.ranges ?? [];
  }
}
