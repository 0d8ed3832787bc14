import type { ItemError } from "../../model/item.ts";
import { errorRecord, withAttempts } from "../wire/error_record.ts";
import { controlWord, type FromSlot } from "../wire/protocol.ts";
import type { Range } from "../schedule/range_set.ts";
import type { State, Stretch } from "../schedule/scheduler.ts";
import type { Delivery, Taken } from "./delivery.ts";
import { OutcomeStore, sumTaken } from "./outcome_store.ts";
import { giveBack, type PoolSlot } from "./pool_slot.ts";
import type { HeldBack, RunContext } from "./run_options.ts";

const encoder = new TextEncoder();

/** The outcomes of a run until the consumer has taken them. Then their slots get their credit back. */
export class RunOutput {
  readonly #pool: RunContext;
  readonly #state: State;
  readonly #outcomes = new OutcomeStore();
  #consumerWaits = false;
  /** Wakes the consumer, which waits for something to take. */
  #wakeConsumer: (() => void) | undefined;

  constructor(pool: RunContext, state: State) {
    this.#pool = pool;
    this.#state = state;
  }

  get hasReady(): boolean {
    return this.#outcomes.hasReady;
  }

  /**
   * What holds items back that need not wait for their pace. A consumer that waits holds nothing back: where the window is full
   * then, an earlier item has not ended.
   */
  get heldBack(): HeldBack | undefined {
    const { slots, scheduler } = this.#pool;
    const { limits, untaken, bytesOut, waiting, heldBack, threads, tasks } = this.#state;
    const isFull = untaken >= limits.windowItems || bytesOut >= limits.windowBytes;
    if (!this.#consumerWaits && (isFull || [...slots].some(({ paused }) => paused))) return "reader";
    let held = 0;
    for (const slot of this.#state.slots.values()) held += slot.held.size;
    const places = Math.min(threads, this.#state.slots.size) * tasks;
    const isAllSent = waiting.size === 0 && heldBack.size === 0;
    return isAllSent && held < places && scheduler.wantsInput(this.#state) ? "input" : undefined;
  }

  /** Yields outcomes when they are ready, until the run `isOver`. Asking for more means that the previous ones have been taken. */
  async *deliveries(isOver: () => boolean): AsyncGenerator<readonly Delivery[]> {
    const { push } = this.#pool;
    while (true) {
      if (this.hasReady) {
        const deliveries = this.takeReady();
        yield deliveries;
        push({ kind: "consumed", deliveries });
        continue;
      }
      if (isOver()) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#wakeConsumer = resolve;
      push({ kind: "consumer", waits: true });
      await promise;
      push({ kind: "consumer", waits: false });
    }
  }

  /** Lets the consumer look for something to take, if it waits. */
  wakeConsumer(): void {
    this.#wakeConsumer?.();
  }

  /** Sets whether the consumer has nothing to take and waits. */
  consumerWaits(waits: boolean): void {
    this.#consumerWaits = waits;
    this.publishNextOut();
  }

  /** Adds a slot's results, and returns which items ended and which yielded values and go on. */
  add(slot: PoolSlot, message: FromSlot & { kind: "results" }): { ended: Stretch[]; yielded: number[] } {
    return this.#outcomes.add(slot, message, (item) => this.#state.attempts.get(item) ?? 1);
  }

  /** The item has given values. They may be delivered before it ends, unless an earlier outcome is missing. */
  yielded(item: number): void {
    const { limits, nextOut } = this.#state;
    if (!limits.ordered || item === nextOut) this.#outcomes.releaseValues(item);
  }

  /** Makes an error the outcome of an item: no slot will report one. */
  fail(item: number, error: ItemError, attempts: number): void {
    const { blocks, format } = this.#pool;
    const record = encoder.encode(errorRecord(blocks.lineOf(item), error, format.errorSeparator));
    this.#outcomes.addError(item, attempts === 1 ? record : withAttempts(record, attempts));
  }

  /** Makes the records of these items ready to be delivered, in this order. */
  release(range: Range): void {
    this.#outcomes.release(range);
  }

  /** Forgets the outcome of an item that will run again. */
  forget(item: number): void {
    this.#giveBack(this.#outcomes.forget(item));
  }

  /** Returns everything that is ready. The caller reports when it has been taken. */
  takeReady(): readonly Delivery[] {
    return this.#outcomes.takeReady();
  }

  /** The consumer has taken these deliveries: their slots may go on and reuse their memory. */
  taken(deliveries: readonly Delivery[]): Taken {
    return this.#giveBack(deliveries);
  }

  /** Whether a slot has items but no credit to start them. */
  get hasPaused(): boolean {
    return [...this.#pool.slots].some(({ paused }) => paused);
  }

  /** A slot has items but no credit to start them. It may go on if the output waits for one of its items. */
  paused(slot: PoolSlot): void {
    slot.pause(this.#awaitsNextOut && this.#holdsNextOut(slot));
  }

  /** Whether places are taken by what cannot go on, or output fills the window, until the item `nextOut` has ended. */
  isBlocked(): boolean {
    const { bytesOut, limits, yielded } = this.#state;
    return this.#awaitsNextOut &&
      (bytesOut >= limits.windowBytes || yielded.size > 0 || [...this.#pool.slots].some(({ paused }) => paused));
  }

  /** Publishes to the slots which item the output waits for: its values may be delivered, and it may start without credit. */
  publishNextOut(): void {
    const { limits, nextOut } = this.#state;
    if (!limits.ordered) return;
    this.#outcomes.releaseValues(nextOut);
    const awaited = this.#awaitsNextOut;
    Atomics.store(this.#pool.control, controlWord.nextOut, awaited ? nextOut % 2 ** 31 : -1);
    if (!awaited) return;
    for (const slot of this.#pool.slots) if (slot.paused && this.#holdsNextOut(slot)) slot.resume();
  }

  /**
   * Whether nothing can be delivered before the item `nextOut` ends. Otherwise output waits for its consumer, and no item may
   * add to it beyond its slot's credit.
   */
  get #awaitsNextOut(): boolean {
    return this.#state.limits.ordered && this.#consumerWaits && !this.#outcomes.hasReady;
  }

  #holdsNextOut({ id }: PoolSlot): boolean {
    return this.#state.slots.get(id)?.held.has(this.#state.nextOut) ?? false;
  }

  #giveBack(deliveries: readonly Delivery[]): Taken {
    const taken = sumTaken(deliveries);
    giveBack(this.#pool.slots, taken, this.#pool.slotCredit);
    return taken;
  }
}
