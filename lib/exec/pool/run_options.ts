import type { Clock } from "../../clock.ts";
import type { BlockStore } from "../input/block_store.ts";
import type { PoolSlot } from "./pool_slot.ts";
import type { Format } from "../wire/protocol.ts";
import type { Limits, SlotId } from "../schedule/scheduler.ts";
import type { SlotReading } from "./slot_reading.ts";
import type { Tuner } from "./tuner.ts";

/**
 * What happens in a run besides outcomes. `restart`: a thread was replaced. `killed`: a thread that did not give up an item
 * was abandoned. `retry`: a failed item will run again. `uncaught`: an error came after the end of its item, which was in line
 * `line`; or its item is unknown, and no item of its thread was running.
 */
export type PoolEvent =
  | { readonly kind: "restart" }
  | { readonly kind: "killed" }
  | { readonly kind: "retry" }
  | { readonly kind: "uncaught"; readonly message: string; readonly line?: number };

/** The options of a run. */
export interface RunOptions {
  readonly ordered: boolean;
  readonly retries?: number;
  /** Maximum time from an item's start to its end, in milliseconds; 0 or undefined: no limit. */
  readonly timeoutMs?: number;
  /** Whether idle slots take unstarted items of busy slots; true by default. */
  readonly steal?: boolean;
  /** Called with everything that happens besides outcomes. */
  readonly onEvent?: (event: PoolEvent) => void;
  /** Chooses threads and tasks during the run. */
  readonly tuner?: Tuner;
  /** Called with what the slots report about their work. */
  readonly onReading?: (reading: SlotReading) => void;
  readonly clock?: Clock;
}

/** What a run uses from its pool. */
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

/** Maximum items between input and consumer: enough that one slow item rarely holds up others, but little memory. */
const windowItems = 2 ** 18;

/** How much work a batch aims at, in milliseconds: as long as the outcomes of a computing thread wait, see outbox.ts. */
const batchMs = 25;

/** Maximum input, and maximum output, waiting in memory, in bytes. */
const windowBytes = 4 * 1024 * 1024;

/** How often slots may die in a row without an item succeeding. */
const restartBudget = 10;

/** The scheduler's limits for a run. */
export function limitsOf({ ordered, retries = 0, steal = true }: RunOptions, tasks: number): Limits {
  return { ordered, retries, steal, tasks, batchMs, windowItems, windowBytes, restarts: restartBudget };
}
