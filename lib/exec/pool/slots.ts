import type { Clock } from "../../clock.ts";
import { JobError } from "../../errors.ts";
import type { Host, HostMessage } from "../host/host.ts";
import type { SlotId } from "../schedule/scheduler.ts";
import { generationLimit } from "../wire/block.ts";
import type { Generation } from "../wire/numbers.ts";
import type { ToSlot } from "../wire/protocol.ts";
import { PoolSlot } from "./pool_slot.ts";
import { waitThroughStops } from "./waits.ts";

/** What slots are made of, and who is told about them. */
export interface SlotsOptions {
  /** The job's name in messages. */
  readonly name: string;
  readonly host: Host;
  readonly clock: Clock;
  /** How long a slot may take to load the job, in milliseconds. */
  readonly loadMs: number;
  /** Memory for a slot's results. */
  readonly results: () => SharedArrayBuffer;
  /** The first message to a slot. */
  readonly load: (slot: PoolSlot) => ToSlot & { readonly kind: "load" };
  readonly onMessage: (slot: PoolSlot, message: HostMessage) => void;
  /** Called if a slot cannot be started, or has not loaded the job in time. */
  readonly onFailure: (error: Error) => void;
}

/** How long to wait for a teardown, in milliseconds. */
const closeMs = 5_000;

/** The slots of a pool, up or being started: it alone starts and ends them. */
export class Slots {
  readonly #options: SlotsOptions;
  readonly #byId = new Map<SlotId, PoolSlot>();
  /** Slots that were terminated and are not gone yet. */
  readonly #leaving = new Set<Promise<void>>();
  #generations = 0;

  constructor(options: SlotsOptions) {
    this.#options = options;
  }

  get(id: SlotId): PoolSlot | undefined {
    return this.#byId.get(id);
  }

  [Symbol.iterator](): Iterator<PoolSlot> {
    return this.#byId.values();
  }

  /** Whether the slot still has its place. Whatever comes from a slot that was terminated is to be ignored. */
  has(slot: PoolSlot): boolean {
    return this.#byId.get(slot.id) === slot;
  }

  /** Starts a slot at a place where there is none. */
  start(id: SlotId): void {
    const { name, host, clock, loadMs, results, load, onMessage, onFailure } = this.#options;
    const generation = ++this.#generations % generationLimit as Generation;
    try {
      const start = (slot: PoolSlot) => host(generation, (message) => onMessage(slot, message));
      const slot = new PoolSlot(id, generation, results(), start);
      this.#byId.set(id, slot);
      slot.post(load(slot));
      slot.loading = waitThroughStops(clock, loadMs);
      void slot.loading.done.then(() => {
        const what = `has not loaded within ${loadMs / 1000} s; does its top level, or setup, ever end?`;
        onFailure(new JobError(name, what));
      });
    } catch (error) {
      onFailure(error instanceof Error ? error : new Error(String(error)));
    }
  }

  /** The slot has loaded the job. */
  loaded(slot: PoolSlot, hasTeardown: boolean): void {
    slot.loading?.cancel();
    slot.hasTeardown = hasTeardown;
    slot.up = true;
  }

  /** Ends a slot from outside. Its place is free at once. */
  terminate(slot: PoolSlot): void {
    this.#byId.delete(slot.id);
    slot.loading?.cancel();
    slot.finished.resolve();
    const gone = slot.hosted.terminate();
    this.#leaving.add(gone);
    void gone.then(() => this.#leaving.delete(gone));
  }

  /** Ends all slots, if `teardown` after each has torn down the job. Resolves when none is left. */
  async close(teardown: boolean): Promise<void> {
    const finishing = teardown ? [...this].filter(({ hasTeardown }) => hasTeardown) : [];
    for (const slot of finishing) slot.post({ kind: "finish" });
    if (finishing.length > 0) {
      const tooLong = waitThroughStops(this.#options.clock, closeMs);
      await Promise.race([Promise.all(finishing.map(({ finished }) => finished.promise)), tooLong.done]);
      tooLong.cancel();
    }
    for (const slot of [...this]) this.terminate(slot);
    await Promise.all(this.#leaving);
  }
}
