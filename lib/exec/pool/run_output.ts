import type { ItemError } from "../../model/item.ts";
import { errorRecord, withAttempts } from "../wire/error_record.ts";
import { controlWord as words, type FromSlot } from "../wire/protocol.ts";
import type { Range } from "../schedule/range_set.ts";
import type { SlotId, State, Stretch } from "../schedule/scheduler.ts";
import type { Delivery, Taken } from "./delivery.ts";
import { OutcomeStore, sumTaken } from "./outcome_store.ts";
import { giveBack, type PoolSlot } from "./pool_slot.ts";
import type { RunContext } from "./run_options.ts";

const encoder = new TextEncoder();

/** The outcomes of a run until its consumer has taken them; then their slots get their credit back. */
export class RunOutput {
  readonly #pool: RunContext;
  readonly #state: State;
  readonly #outcomes = new OutcomeStore();
  #consumerWaits = false;

  constructor(pool: RunContext, state: State) {
    this.#pool = pool;
    this.#state = state;
    Atomics.store(pool.control, words.nextOut, -1);
  }

  get hasReady(): boolean {
    return this.#outcomes.hasReady;
  }

  /** The consumer has nothing, and waits; or no longer does. */
  consumerWaits(waits: boolean): void {
    this.#consumerWaits = waits;
    this.publishNextOut();
  }

  /** A slot has sent results: which items ended, and which gave values and go on. */
  add(slot: PoolSlot, message: FromSlot & { kind: "results" }): { ended: Stretch[]; yielded: number[] } {
    return this.#outcomes.add(slot, message, (item) => this.#state.attempts.get(item) ?? 1);
  }

  /** The item gave values, which may leave before it ends if nothing before them is missing. */
  yielded(item: number): void {
    const { limits, nextOut } = this.#state;
    if (!limits.ordered || item === nextOut) this.#outcomes.releaseValues(item);
  }

  /** An outcome that main makes: no slot will report one. */
  fail(item: number, error: ItemError, attempts: number): void {
    const { blocks, format } = this.#pool;
    const record = encoder.encode(errorRecord(blocks.lineOf(item), error, format.errorSeparator));
    this.#outcomes.addError(item, attempts === 1 ? record : withAttempts(record, attempts));
  }

  /** These items are final: their records may leave, in this order. */
  release(range: Range): void {
    this.#outcomes.release(range);
  }

  /** The item will run again: what it gave is not wanted. */
  forget(item: number): void {
    this.#giveBack(this.#outcomes.forget(item));
  }

  /** All that may leave now; the caller has it, and says when it is taken. */
  takeReady(): readonly Delivery[] {
    return this.#outcomes.takeReady();
  }

  /** The consumer has these: their slots may go on, and use their memory again. */
  taken(deliveries: readonly Delivery[]): Taken {
    return this.#giveBack(deliveries);
  }

  /** A slot has items, and may not start any: it may if the output waits for one of them. */
  paused(id: SlotId, slot: PoolSlot): void {
    slot.pause(this.#awaitsNextOut && this.#holdsNextOut(id));
  }

  /** Slots learn which item the output waits for: values of that one may leave, and it may start anywhere. */
  publishNextOut(): void {
    const { limits, nextOut } = this.#state;
    if (!limits.ordered) return;
    this.#outcomes.releaseValues(nextOut);
    const awaited = this.#awaitsNextOut;
    Atomics.store(this.#pool.control, words.nextOut, awaited ? nextOut % 2 ** 31 : -1);
    if (!awaited) return;
    for (const [id, slot] of this.#pool.slots) if (slot.paused && this.#holdsNextOut(id)) slot.resume();
  }

  /** Nothing can leave before that item ends. Else output waits for its reader, and no item may add to it beyond credit. */
  get #awaitsNextOut(): boolean {
    return this.#state.limits.ordered && this.#consumerWaits && !this.#outcomes.hasReady;
  }

  #holdsNextOut(id: SlotId): boolean {
    return this.#state.slots.get(id)?.held.has(this.#state.nextOut) ?? false;
  }

  #giveBack(deliveries: readonly Delivery[]): Taken {
    const taken = sumTaken(deliveries);
    giveBack(this.#pool.slots.values(), taken, this.#pool.slotCredit);
    return taken;
  }
}
