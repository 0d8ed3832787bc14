import { msSince } from "../wire/block.ts";
import type { Part } from "../wire/part.ts";
import type { RunningSince } from "../wire/protocol.ts";
import type { Range } from "../schedule/range_set.ts";
import type { SlotId, State } from "../schedule/scheduler.ts";
import type { PoolSlot } from "./pool_slot.ts";
import type { RunContext } from "./run_options.ts";
import type { RunningItem } from "./time_limit.ts";

/** How many items run, and the line and the age of the one that has been running longest. */
export interface RunningNow {
  readonly items: number;
  readonly oldest?: { readonly line: number; readonly ageMs: number };
}

/** The items that slots hold: sends them there and takes them back, and knows which of them are running. */
export class InFlight {
  readonly #pool: RunContext;
  readonly #state: State;

  constructor(pool: RunContext, state: State) {
    this.#pool = pool;
    this.#state = state;
  }

  send(slot: SlotId, range: Range): void {
    const { slots, blocks, probes, clock } = this.#pool;
    const sentAt = probes === "all" ? clock.now() : undefined;
    for (const part of blocks.parts(range)) slots.get(slot)?.hosted.send(part, sentAt);
  }

  /** Takes back those of these items that have not started. */
  reclaim(slot: SlotId, ranges: readonly Range[]): void {
    this.#pool.slots.get(slot)?.hosted.reclaim(this.#partsOf(ranges));
  }

  cancel(slot: SlotId, item: number): void {
    const [part] = this.#partsOf([{ first: item, end: item + 1 }]);
    this.#pool.slots.get(slot)?.hosted.cancel(part);
  }

  /** Splits these items into parts that each lie in one block. */
  #partsOf(ranges: readonly Range[]): Part[] {
    return ranges.flatMap((range) => [...this.#pool.blocks.parts(range)]);
  }

  /** All running items, with their slots and starts. */
  async running(): Promise<RunningItem[]> {
    const all = await Promise.all([...this.#pool.slots].map(async (slot) => {
      const items = await slot.hosted.running(this.#partsOf(this.#heldBy(slot)));
      return items.map((one) => ({ ...one, slot }));
    }));
    return all.flat();
  }

  /** The items that a slot was running when it posted `fatal`, or when its process crashed, as far as that is known. */
  lastRunning(slot: PoolSlot): readonly RunningSince[] {
    return slot.hosted.lastRunning(this.#partsOf(this.#heldBy(slot)));
  }

  /** Resolves to what runs now. */
  async now(): Promise<RunningNow> {
    const running = (await this.running()).filter(({ slot, item }) => this.#state.slots.get(slot.id)?.held.has(item));
    const now = this.#pool.clock.now();
    const ages = running.map(({ item, since }) => ({ item, ageMs: Math.max(0, msSince(since, now)) }));
    const oldest = ages.reduce((a, b) => b.ageMs > a.ageMs ? b : a, ages[0]);
    if (oldest === undefined) return { items: 0 };
    return { items: running.length, oldest: { line: this.#pool.blocks.lineOf(oldest.item), ageMs: oldest.ageMs } };
  }

  #heldBy({ id }: PoolSlot): readonly Range[] {
    return this.#state.slots.get(id)?.held.ranges ?? [];
  }
}
