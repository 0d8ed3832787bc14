import type { Clock } from "../../clock.ts";
import type { BlockStore } from "../input/block_store.ts";
import type { PoolSlot } from "./pool_slot.ts";
import type { Format } from "../wire/protocol.ts";
import type { Limits, SlotId } from "../schedule/scheduler.ts";
import type { SlotReading } from "./slot_reading.ts";
import type { Tuner } from "./tuner.ts";

/**
 * A thread was replaced; one that did not let go of an item was given up; an item that failed will run again; an error came
 * after the end of its item, which was in line `line`, or came of an unknown one when none of its thread's items ran.
 */
export type PoolEvent =
  | { readonly kind: "restart" }
  | { readonly kind: "killed" }
  | { readonly kind: "retry" }
  | { readonly kind: "uncaught"; readonly message: string; readonly line?: number };

/** How a run goes. */
export interface RunOptions {
  readonly ordered: boolean;
  readonly retries?: number;
  /** Longest time from an item's start to its end, in milliseconds; 0 or nothing: no limit. */
  readonly timeoutMs?: number;
  /** Idle slots take unstarted items of busy ones; true unless told otherwise. */
  readonly steal?: boolean;
  /** Called with what happens besides outcomes. */
  readonly onEvent?: (event: PoolEvent) => void;
  /** Chooses threads and tasks while the run goes on. */
  readonly tuner?: Tuner;
  /** Called with what the slots report of their work. */
  readonly onReading?: (reading: SlotReading) => void;
  readonly clock?: Clock;
}

/** What a run uses of its pool. */
export interface RunContext {
  readonly name: string;
  readonly tasks: number;
  readonly format: Format;
  readonly slots: Map<SlotId, PoolSlot>;
  readonly blocks: BlockStore;
  readonly control: Int32Array;
  /** Milliseconds of the pool's clock. */
  readonly now: () => number;
  readonly slotCredit: number;
  readonly measurePhases?: boolean;
  readonly start: (id: SlotId) => PoolSlot;
  readonly terminate: (slot: PoolSlot) => void;
  readonly signal?: AbortSignal;
}

/** Most items between input and consumer: enough that one slow item holds up few others, and little memory. */
const windowItems = 2 ** 18;

/** A batch aims at as much work as outcomes of a thread that computes wait for, see outbox.ts; in milliseconds. */
const batchMs = 25;

/** Input, and output, that may wait in memory, in bytes. */
const windowBytes = 4 * 1024 * 1024;

/** How often in a row slots may die without an item that ends well. */
const restartBudget = 10;

/** What the scheduler may use in a run. */
export function limitsOf({ ordered, retries = 0, steal = true }: RunOptions, tasks: number): Limits {
  return { ordered, retries, steal, tasks, batchMs, windowItems, windowBytes, restarts: restartBudget };
}
