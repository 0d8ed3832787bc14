import { type Range, RangeSet } from "./range_set.ts";

/** A slot's number, from 0. It outlives the slot's thread: a dead thread is replaced under the same number. */
export type SlotId = number;

/** Consecutive items that ended alike; `bytes` is the length of their output. A failed item is a stretch of its own. */
export interface Stretch extends Range {
  readonly ok: boolean;
  readonly bytes: number;
  /** What the error of a failed item says of its next attempt: not before so many milliseconds; Infinity: there is none. */
  readonly retryAfterMs?: number;
}

/** What happened outside the scheduler. Items are identified by their 0-based number, in the order of arrival. */
export type Event =
  /** The next `count` items have arrived. They occupy `bytes` of memory until they end. `last`: no more will come. */
  | { readonly kind: "input"; readonly count: number; readonly bytes: number; readonly last: boolean }
  | { readonly kind: "ready"; readonly slot: SlotId }
  /** These items have ended. The slot has worked for `ms` milliseconds since its last results. */
  | { readonly kind: "ended"; readonly slot: SlotId; readonly stretches: readonly Stretch[]; readonly ms: number }
  /** An item has given a value and goes on. It must not run again, because the value may already be delivered. */
  | { readonly kind: "yielded"; readonly item: number }
  /** The answer to `reclaim`: these items had not started, and will not start in this slot. */
  | { readonly kind: "reclaimed"; readonly slot: SlotId; readonly ranges: readonly Range[] }
  /** A slot is gone. `started`: which of its items had started. `final`: they do not run again, by the kind of their error. */
  | { readonly kind: "died"; readonly slot: SlotId; readonly started: readonly Range[]; readonly final?: boolean }
  /**
   * A slot is gone with its whole process. `started`: which of its items had started; undefined if unknown. Any of them may be
   * the culprit, so they run again, one at a time. `final`: the culprit does not, by the kind of its error.
   */
  | {
    readonly kind: "crashed";
    readonly slot: SlotId;
    readonly started: readonly Range[] | undefined;
    readonly final?: boolean;
  }
  /** An item has run longer than its time limit. This may be reported more than once. */
  | { readonly kind: "overdue"; readonly slot: SlotId; readonly item: number }
  /**
   * A cancelled item's grace time is over, and its thread is stuck. The item may have ended in the meantime, or may run elsewhere.
   * `holders`: that item, if it holds the thread; otherwise all that run there, as any of them may hold it. `final`: the one that
   * holds it does not run again, by the kind of its error.
   */
  | {
    readonly kind: "expired";
    readonly slot: SlotId;
    readonly item: number;
    readonly holders: readonly number[];
    readonly final?: boolean;
  }
  /** An item that was held back may start. */
  | { readonly kind: "release"; readonly item: number }
  /** The back-off of a failed item is over: its next attempt is due. */
  | { readonly kind: "retryDue"; readonly item: number }
  /** A slot has items that it may not start before output is taken, except the next item to be delivered. */
  | { readonly kind: "paused" }
  /** The consumer has taken the outcomes of `items` items and released `bytes` of output. `paused`: some slot still is. */
  | { readonly kind: "taken"; readonly items: number; readonly bytes: number; readonly paused: boolean }
  /** `bytes` of memory of ended items can be reused. */
  | { readonly kind: "freed"; readonly bytes: number }
  /** From now on the first `threads` slots run up to `tasks` items at once, others get no more. `add`: new slots. */
  | { readonly kind: "tuned"; readonly threads: number; readonly tasks: number; readonly add: readonly SlotId[] }
  /** The run was stopped: started items may end, no other item starts. */
  | { readonly kind: "stopped" };

/** What the scheduler asks the pool to do. */
export type Command =
  | { readonly kind: "send"; readonly slot: SlotId; readonly range: Range }
  /** These items are held back: answer with `release` when one of them may start. */
  | { readonly kind: "hold"; readonly range: Range }
  /** Take back those of these items that have not started; answer with `reclaimed`, even if there are none. */
  | { readonly kind: "reclaim"; readonly slot: SlotId; readonly ranges: readonly Range[] }
  | { readonly kind: "start"; readonly slot: SlotId }
  | { readonly kind: "kill"; readonly slot: SlotId }
  | { readonly kind: "cancel"; readonly slot: SlotId; readonly item: number }
  /** Make an error the outcome of this item: no slot will report one. */
  | {
    readonly kind: "fail";
    readonly item: number;
    readonly slot: SlotId;
    readonly why: "lost" | "timeout";
    readonly attempts: number;
  }
  /**
   * This item failed and will run again, as attempt `attempt` (from 2): forget its outcome; answer with `retryDue`, not before
   * `afterMs` milliseconds.
   */
  | { readonly kind: "backOff"; readonly item: number; readonly attempt: number; readonly afterMs: number }
  /** Deliver these outcomes, in this order. They are final. */
  | { readonly kind: "deliver"; readonly range: Range }
  /** End the run with an error: slots died more often than the budget allows. */
  | { readonly kind: "giveUp" };

/** What the scheduler knows about a slot that is up. */
export interface SlotState {
  /** The items that were sent to it and have not ended. */
  readonly held: RangeSet;
  /** Held items that were cancelled. */
  readonly cancelled: Set<number>;
  /** Which held items may not have started, according to its answers so far: any, only the lower half, or none. */
  unstarted: "any" | "lower" | "none";
  /** A `reclaim` was sent and has not been answered. */
  asked: boolean;
  /** No item has ended in it yet. */
  fresh: boolean;
  /** It runs a suspect, and gets no other items. */
  alone: boolean;
  /** Items in `backingOff` that have failed here and keep their places, see `Limits.keepsPlaces`. */
  readonly resting: RangeSet;
}

/**
 * How many retries may start while other items are left to start. Each attempt that ends gives `share` of a retry, and each retry
 * takes one. `first`: what there is at the start. `most`: what can be saved up.
 */
export interface RetryBudget {
  readonly first: number;
  readonly share: number;
  readonly most: number;
}

/** What a run may use. */
export interface Limits {
  readonly ordered: boolean;
  /** How many items a slot runs at once. */
  readonly tasks: number;
  /** A batch aims at this much work, in milliseconds. */
  readonly batchMs: number;
  /** Maximum number of items that have arrived and whose outcomes have not been taken. */
  readonly windowItems: number;
  /** Input is read only while less than this is kept of input, and less than this of output waits to be taken. In bytes. */
  readonly windowBytes: number;
  /** How often a failed item runs again. */
  readonly retries: number;
  readonly retryBudget: RetryBudget;
  /** How often slots may die in a row without an item succeeding. */
  readonly restarts: number;
  /**
   * An item whose error asked to wait keeps its place until its next attempt is due: the slot leaves it empty, too. So the run calls
   * less often what has refused it.
   */
  readonly keepsPlaces: boolean;
  /** Idle slots take unstarted items of busy ones. */
  readonly steal: boolean;
  /** What holds items back until they are released: a rate lets them start in their order, keys in another. Nothing by default. */
  readonly heldBackBy?: "rate" | "key";
}

/**
 * Everything the scheduler knows. Invariant: an item that has arrived is in exactly one place: `heldBack`, `waiting`,
 * `suspects`, `backingOff`, `due`, one slot's `held`, `ended`, or delivered.
 */
export interface State {
  readonly limits: Limits;
  /** How many slots get items: those with the lowest numbers. */
  threads: number;
  tasks: number;
  /** The slots that are up. */
  readonly slots: Map<SlotId, SlotState>;
  /** Items that may not start before they are released. */
  readonly heldBack: RangeSet;
  readonly waiting: RangeSet;
  /** Items that may have crashed a process, or hold a thread. Each runs again as the only item of its slot, to find the culprit. */
  readonly suspects: RangeSet;
  readonly backingOff: RangeSet;
  /** Failed items whose back-off is over, and which the retry budget has not let run yet. */
  readonly due: RangeSet;
  /** How many retries the budget allows now. */
  retryCredit: number;
  /** A slot may not start its items before output is taken, or could not lately. */
  paused: boolean;
  /** Items that have ended before an earlier item (`ordered` only). */
  readonly ended: RangeSet;
  /** With `ordered`: the first item that has not been delivered. */
  nextOut: number;
  /** How many items have arrived. */
  admitted: number;
  /** How many of them have outcomes that have not been taken, or none yet. */
  untaken: number;
  bytesIn: number;
  bytesOut: number;
  /** How many items make about `batchMs` of work for a slot. */
  batch: number;
  /** How often each failed item has been tried; items that have not failed are not in it. */
  readonly attempts: Map<number, number>;
  /** Items that have given values and not ended. */
  readonly yielded: Set<number>;
  restarts: number;
  inputEnded: boolean;
  stopped: boolean;
}

/** The state of a slot that has just come up. */
export function newSlot(): SlotState {
  return {
    held: new RangeSet(),
    cancelled: new Set(),
    unstarted: "any",
    asked: false,
    fresh: true,
    alone: false,
    resting: new RangeSet(),
  };
}

/** The initial state. `batch`: how many items make about `batchMs` of work, as far as known. */
export function initialState(limits: Limits, batch = 1): State {
  return {
    limits,
    threads: Infinity,
    tasks: limits.tasks,
    slots: new Map(),
    heldBack: new RangeSet(),
    waiting: new RangeSet(),
    suspects: new RangeSet(),
    backingOff: new RangeSet(),
    due: new RangeSet(),
    retryCredit: limits.retryBudget.first,
    paused: false,
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

/**
 * Whether more input should be read now: if the window has room and the slots can soon use it; or if nothing is left to do,
 * because then nothing would ever free memory.
 */
export function wantsInput(state: State): boolean {
  const { limits, slots, tasks, batch, untaken } = state;
  // With keys, the next item that may start can be any one that the window has room for.
  const ahead = state.waiting.size + (limits.heldBackBy === "rate" ? state.heldBack.size : 0);
  if (state.inputEnded || state.stopped) return false;
  return untaken === 0 ||
    untaken < limits.windowItems &&
      state.bytesIn < limits.windowBytes && state.bytesOut < limits.windowBytes &&
      ahead < Math.max(1, slots.size) * (tasks + 2 * batch);
}
