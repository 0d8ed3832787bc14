import { type Range, RangeSet } from "./range_set.ts";

/** A slot's number, from 0. It outlives the thread in it: a dead one is replaced under the same number. */
export type SlotId = number;

/** Consecutive items that ended alike; `bytes` is how much output they gave. A failed item is a run of its own. */
export interface Stretch extends Range {
  readonly ok: boolean;
  readonly bytes: number;
}

/** What the world tells the scheduler. Items are known by their 0-based number in the order of their arrival. */
export type Event =
  /** The next `count` items have come, perhaps the last; they keep `bytes` of memory until they end. */
  | { readonly kind: "input"; readonly count: number; readonly bytes: number; readonly last: boolean }
  | { readonly kind: "ready"; readonly slot: SlotId }
  /** These items ended; the slot worked `ms` since it last said so. */
  | { readonly kind: "ended"; readonly slot: SlotId; readonly stretches: readonly Stretch[]; readonly ms: number }
  /** An item has given a value and goes on. It must not run again: the value has left. */
  | { readonly kind: "yielded"; readonly item: number }
  /** The answer to `reclaim`: these items had not started and will not start there. */
  | { readonly kind: "reclaimed"; readonly slot: SlotId; readonly ranges: readonly Range[] }
  /** A slot is gone; `started` are those of its items that had started. */
  | { readonly kind: "died"; readonly slot: SlotId; readonly started: readonly Range[] }
  /**
   * A slot is gone with its whole process; `started` are those of its items that had started, if that is known. Any of
   * them may have been the cause: they run again, one at a time.
   */
  | { readonly kind: "crashed"; readonly slot: SlotId; readonly started: readonly Range[] | undefined }
  /** An item has run longer than its time limit. It may be said more than once. */
  | { readonly kind: "overdue"; readonly slot: SlotId; readonly item: number }
  /** An item was cancelled, and its grace time is over too. It may have ended meanwhile, or run elsewhere. */
  | { readonly kind: "expired"; readonly slot: SlotId; readonly item: number }
  /** An item has waited long enough for its next attempt. */
  | { readonly kind: "retryDue"; readonly item: number }
  /** The consumer has taken the outcomes of so many items, and let go of their output. */
  | { readonly kind: "taken"; readonly items: number; readonly bytes: number }
  /** The memory of ended items can be used again. */
  | { readonly kind: "freed"; readonly bytes: number }
  /** From now on each slot runs up to `tasks` items at once, and these slots exist too. */
  | { readonly kind: "tuned"; readonly tasks: number; readonly add: readonly SlotId[] }
  /** Nothing more is wanted: what has started may end, nothing else starts. */
  | { readonly kind: "stopped" };

/** What the scheduler asks of the world. */
export type Command =
  | { readonly kind: "send"; readonly slot: SlotId; readonly range: Range }
  /** Take back what of these items has not started; answer with `reclaimed`, also if it is nothing. */
  | { readonly kind: "reclaim"; readonly slot: SlotId; readonly ranges: readonly Range[] }
  | { readonly kind: "start"; readonly slot: SlotId }
  | { readonly kind: "kill"; readonly slot: SlotId }
  | { readonly kind: "cancel"; readonly slot: SlotId; readonly item: number }
  /** The outcome of this item is an error that no slot will report. */
  | {
    readonly kind: "fail";
    readonly item: number;
    readonly slot: SlotId;
    readonly why: "lost" | "timeout";
    readonly attempts: number;
  }
  /** This item failed and will run again, attempt `attempt` (from 2): forget the outcome, answer with `rested`. */
  | { readonly kind: "backOff"; readonly item: number; readonly attempt: number }
  /** These outcomes are final and may leave, in this order. */
  | { readonly kind: "deliver"; readonly range: Range }
  /** Slots died more often than the budget allows: the run cannot go on. */
  | { readonly kind: "giveUp" };

/** What the scheduler knows of a slot that is up. */
export interface SlotState {
  readonly held: RangeSet;
  /** Those of them that were cancelled. */
  readonly cancelled: Set<number>;
  /** Which of them may not have started, as far as it has been asked: any, only the lower half, or none. */
  unstarted: "any" | "lower" | "none";
  /** It has been asked and has not answered. */
  asked: boolean;
  /** No item has ended in it yet. */
  fresh: boolean;
  /** It runs a suspect, and gets nothing beside it. */
  alone: boolean;
}

/** What a run may use. */
export interface Limits {
  readonly ordered: boolean;
  /** Items that a slot runs at once. */
  readonly tasks: number;
  /** A batch aims at this much work, in milliseconds. */
  readonly batchMs: number;
  /** Most items that have come and are not taken. */
  readonly windowItems: number;
  /** Input is asked for while less than this is kept of it, and while less output than this waits to be taken. */
  readonly windowBytes: number;
  /** How often a failed item runs again. */
  readonly retries: number;
  /** How often in a row slots may die without an item that ends well. */
  readonly restarts: number;
  /** Idle slots take unstarted items of busy ones. */
  readonly steal: boolean;
}

/**
 * Everything the scheduler knows. Invariant: an item that has come is in exactly one place: `waiting`, `suspects`,
 * `resting`, one slot's `held`, `ended`, or delivered.
 */
export interface State {
  readonly limits: Limits;
  tasks: number;
  /** The slots that are up. */
  readonly slots: Map<SlotId, SlotState>;
  readonly waiting: RangeSet;
  /** Had started in a slot that crashed: each runs again as the only item of its slot, so that the culprit is known. */
  readonly suspects: RangeSet;
  readonly backingOff: RangeSet;
  /** Ended, but an earlier item has not (`ordered` only). */
  readonly ended: RangeSet;
  /** With `ordered`: every item below has been delivered, this one has not. */
  nextOut: number;
  /** Items that have come, and those of them that are not taken. */
  admitted: number;
  untaken: number;
  bytesIn: number;
  bytesOut: number;
  /** How many items make about `batchMs` of work for a slot. */
  batch: number;
  /** How often the items that failed have been tried; only those are in it. */
  readonly attempts: Map<number, number>;
  /** Items that have given values and have not ended. */
  readonly yielded: Set<number>;
  restarts: number;
  inputEnded: boolean;
  stopped: boolean;
}
/** A slot that has just come up. */
export function newSlot(): SlotState {
  return { held: new RangeSet(), cancelled: new Set(), unstarted: "any", asked: false, fresh: true, alone: false };
}

/** A state before anything has happened. `batch`: how many items make about `batchMs` of work, as far as anybody knows. */
export function initialState(limits: Limits, batch = 1): State {
  return {
    limits,
    tasks: limits.tasks,
    slots: new Map(),
    waiting: new RangeSet(),
    suspects: new RangeSet(),
    backingOff: new RangeSet(),
    ended: new RangeSet(),
    nextOut: 0,
    admitted: 0,
    untaken: 0,
    bytesIn: 0,
    bytesOut: 0,
    batch,
    attempts: new Map(),
    yielded: new Set(),
    restarts: limits.restarts,
    inputEnded: false,
    stopped: false,
  };
}
