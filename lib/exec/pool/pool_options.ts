import type { Clock } from "../../clock.ts";
import type { JobReference } from "../../model/item.ts";
import type { Host } from "../host/host.ts";
import type { BlockStore } from "../input/block_store.ts";
import type { Scheduler } from "../schedule/scheduler.ts";
import type { Format, Numbering, Probes } from "../wire/protocol.ts";
import type { RetryPolicy } from "../wire/retry_policy.ts";

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
