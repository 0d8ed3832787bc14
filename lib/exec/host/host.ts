import type { ItemError } from "../../model/item.ts";
import type { Generation } from "../wire/numbers.ts";
import type { Part } from "../wire/part.ts";
import type { FromSlot, RunningSince, ToSlot } from "../wire/protocol.ts";
import type { Range } from "../schedule/range_set.ts";

/** What main receives from a slot: the slot's own messages, and those of its host. */
export type HostMessage =
  | FromSlot
  | { readonly kind: "reclaimed"; readonly ranges: readonly Range[] }
  /** The slot's process is gone, with everything that ran in it. */
  | {
    readonly kind: "crashed";
    readonly error: ItemError;
    /** The items that had started. Undefined if unknown: it could be any item that the slot had. */
    readonly started: readonly Range[] | undefined;
  };

/** A slot, as main sees it. The host decides where the shared table is and who reads and writes it. */
export interface HostedSlot {
  post(message: ToSlot): void;
  /** Sends items to run. `sentAt` is the current time of the pool's clock, in milliseconds. */
  send(part: Part, sentAt?: number): void;
  /** Takes back items that have not started, without the slot's help; answered by one `reclaimed`. */
  reclaim(parts: readonly Part[]): void;
  /** Sets the item's flag and posts `cancel` to the slot. The slot abandons the item after a grace time, unless it is blocked. */
  cancel(part: Part): void;
  /** Resolves to those of these items that are running, and since when. */
  running(parts: readonly Part[]): Promise<readonly RunningSince[]>;
  /** Those of these items that had started and not ended when the slot posted `fatal`. */
  lastRunning(parts: readonly Part[]): readonly RunningSince[];
  /**
   * Ends the slot from outside; resolves when nothing of it is left. A busy thread keeps burning its core until the program
   * exits; this does not wait for it.
   */
  terminate(): Promise<void>;
}

/**
 * Starts a slot. `generation` is unique to it in all shared tables.
 *
 * What a host promises, and what a pool copes with:
 * - `onMessage` may be called at any time: at once, inside any of the slot's methods and before the host has returned the slot,
 *   or later. A pool handles messages one after the other, never inside the call that caused them.
 * - Messages of one slot come in the order in which they were sent: `loaded` or `refused` first. Those of different slots come
 *   in any order.
 * - `reclaimed` tells the truth of some moment between the question and the answer: those items have not started and will not,
 *   the others have started, or have ended. Answers come in the order of the questions.
 * - A slot that failed by itself sends `fatal` or `crashed` once, after the results of everything that it reported as ended. From
 *   then on `lastRunning` says what it was running.
 * - After `fatal`, `crashed` and `terminate`, everything may still come. A pool ignores it: it knows the slot, not only its
 *   place, where another may be up.
 * - A host that cannot start a slot throws, and leaves nothing of it. Nothing else here throws, whatever state the slot is in.
 */
export type Host = (generation: Generation, onMessage: (message: HostMessage) => void) => HostedSlot;
