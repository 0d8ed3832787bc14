import type { Clock } from "../../clock.ts";
import type { BlockStore } from "../input/block_store.ts";
import type { Event, Limits, Scheduler } from "../schedule/scheduler.ts";
import type { Format, Probes } from "../wire/protocol.ts";
import type { HoldsBack } from "../pace/gate.ts";
import type { Pace } from "../pace/pacing.ts";
import type { RunWatcher } from "./run_watcher.ts";
import type { RetryPolicy } from "../wire/retry_policy.ts";
import type { Delivery } from "./delivery.ts";
import type { Brake, BrakedBy } from "../tuning/brake.ts";
import type { SlotReading } from "../tuning/slot_reading.ts";
import type { Slots } from "./slots.ts";
import type { Tuner } from "../tuning/tuner.ts";

/**
 * What happens in a run besides outcomes. `restart`: a thread was replaced. `killed`: a thread that did not give up an item
 * was abandoned. `retry`: a failed item will run again. `uncaught`: an error came after the end of its item, which was in line
 * `line`; or its item is unknown, and no item of its thread was running. `keyless`: the item in line `line` is the first one
 * without a key.
 */
export type PoolEvent =
  | { readonly kind: "restart" }
  | { readonly kind: "killed" }
  | { readonly kind: "retry" }
  | { readonly kind: "keyless"; readonly line: number }
  | { readonly kind: "uncaught"; readonly message: string; readonly line?: number };

/**
 * What keeps items from starting although they have a place. `rate`, `key`: their pace. `load`, `memory`: the run's brake. `reader`: the consumer does not take what
 * has ended, so that no more output may be made, or no more input read. `input`: all items that have arrived have been sent, and
 * there is room for more.
 */
export type HeldBack = HoldsBack | BrakedBy | "reader" | "input";

/** The options of a run. */
export interface RunOptions {
  readonly ordered: boolean;
  readonly retries?: number;
  /** Maximum time from an item's start to its end, in milliseconds; 0 or undefined: no limit. */
  readonly timeoutMs?: number;
  /** Whether idle slots take unstarted items of busy slots; true by default. */
  readonly steal?: boolean;
  /** Holds starts back. It is for one run. */
  readonly pace?: Pace;
  /** Called with everything that happens besides outcomes. */
  readonly onEvent?: (event: PoolEvent) => void;
  /** Chooses threads and tasks during the run. */
  readonly tuner?: Tuner;
  /** Watches it; the pool's `spans` must be `all`. */
  readonly watcher?: RunWatcher;
  /** Holds all starts back from time to time, whatever the pace allows. */
  readonly brake?: Brake;
  /** Called with what the slots report about their work. */
  readonly onReading?: (reading: SlotReading) => void;
}

/** What happens in a run: what its scheduler is told, and what its consumer does. */
export type RunEvent =
  | Event
  /** An item that was held back may start by now. */
  | { readonly kind: "due" }
  /** The consumer has taken these. */
  | { readonly kind: "consumed"; readonly deliveries: readonly Delivery[] }
  /** Whether the consumer has nothing to take, and waits. */
  | { readonly kind: "consumer"; readonly waits: boolean };

/** What a run uses from its pool. */
export interface RunContext {
  readonly name: string;
  readonly threads: number;
  readonly format: Format;
  readonly scheduler: Scheduler;
  readonly slots: Slots;
  readonly blocks: BlockStore;
  readonly control: Int32Array;
  readonly clock: Clock;
  readonly slotCredit: number;
  readonly random: () => number;
  readonly retry?: RetryPolicy;
  readonly probes?: Probes;
  readonly signal?: AbortSignal;
  /** Adds an event to the pool's queue, from which the run gets it. */
  readonly push: (event: RunEvent) => void;
}

/** Maximum items between input and consumer: enough that one slow item rarely holds up others, but little memory. */
const windowItems = 2 ** 18;

/** How much work a batch aims at, in milliseconds: as long as the outcomes of a computing thread wait, see outbox.ts. */
const batchMs = 25;

/** Maximum input, and maximum output, waiting in memory, in bytes. */
const windowBytes = 4 * 1024 * 1024;

/** How often slots may die in a row without an item succeeding. */
const restartBudget = 10;

/** A fifth of what runs: the share of Finagle's RetryBudget. It may save up that of 500 attempts. */
const retryBudget = { first: 10, share: 0.2, most: 100 };

/** The scheduler's limits for a run. */
export function limitsOf({ ordered, retries = 0, steal = true, pace, tuner }: RunOptions, tasks: number): Limits {
  const window = { windowItems, windowBytes };
  const budgets = { retryBudget, restarts: restartBudget };
  return {
    ordered,
    retries,
    steal,
    tasks,
    batchMs,
    ...window,
    ...budgets,
    heldBackBy: pace?.holdsBack,
    keepsPlaces: tuner === undefined,
  };
}
