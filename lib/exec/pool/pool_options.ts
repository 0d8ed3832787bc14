import type { Clock } from "../../clock.ts";
import type { JobReference } from "../../model/item.ts";
import type { Host } from "../host/host.ts";
import type { BlockStore } from "../input/block_store.ts";
import type { ItemSource } from "../input/item_source.ts";
import type { Scheduler } from "../schedule/scheduler.ts";
import type { Spans } from "../wire/probed.ts";
import type { Format, Numbering, Probes } from "../wire/protocol.ts";
import type { RetryPolicy } from "../wire/retry_policy.ts";
import type { Delivery } from "./delivery.ts";
import type { RunningNow } from "./in_flight.ts";
import type { HeldBack, RunOptions } from "./run_options.ts";

/** A running set of slots that have loaded the job. */
export interface Pool {
  /** The items that the job's module exports, as a JSON array; undefined if it has none, or without `wantsItems`. */
  readonly items: string | undefined;
  /** Runs items, and yields outcomes when they are ready. One run at a time; after leaving a run early, only close the pool. */
  run(source: ItemSource, options: RunOptions): AsyncGenerator<readonly Delivery[]>;
  /** Resolves to what runs now, as the slots say. */
  readonly running: () => Promise<RunningNow>;
  /** How many failed items wait for their next attempt. */
  readonly resting: () => number;
  /** What keeps items from starting that have a place; undefined: nothing. */
  readonly heldBack: () => HeldBack | undefined;
  /**
   * Tears down the job in each slot, unless a run was left early or cancelled, and terminates the slots. Resolves when none is
   * left.
   */
  readonly close: () => Promise<void>;
}

/** What a pool runs, where, and how wide: `threads` slots, each running up to `tasks` items at once. */
export interface PoolOptions {
  readonly job: JobReference;
  /** The job's name in messages. */
  readonly name: string;
  readonly threads: number;
  readonly tasks: number;
  readonly host: Host;
  readonly format: Format;
  readonly numbering?: Numbering;
  /** `none` by default. */
  readonly probes?: Probes;
  /** `none` by default. */
  readonly spans?: Spans;
  /** The width is chosen during the run: slots report without results too. */
  readonly tuned?: boolean;
  /** For runs with retries. */
  readonly retry?: RetryPolicy;
  /** Ask for the items that the job's module exports. */
  readonly wantsItems?: boolean;
  /** How long a slot may take to load the job, in milliseconds. */
  readonly loadMs?: number;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

/** What a pool is made of. Tests give it smaller parts, or parts that they watch. */
export interface PoolParts {
  readonly scheduler: Scheduler;
  readonly blocks: BlockStore;
  /** Maximum output of a slot that main has not taken, in bytes. Beyond it, the slot starts nothing. */
  readonly slotCredit: number;
  /** A number from 0 to 1: how long back-offs are. */
  readonly random: () => number;
}
