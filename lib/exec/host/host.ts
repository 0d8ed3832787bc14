import type { Generation } from "../wire/numbers.ts";
import type { Part } from "../wire/part.ts";
import type { FromSlot, RunningSince, ToSlot } from "../wire/protocol.ts";
import type { Range } from "../schedule/range_set.ts";

/** What main gets from a slot: its messages, and those of its host. */
export type HostMessage =
  | FromSlot
  | { readonly kind: "reclaimed"; readonly ranges: readonly Range[] }
  /** The slot's process is gone, and with it whatever it ran. */
  | {
    readonly kind: "crashed";
    readonly error: { readonly name: string; readonly message: string };
    /** The items that had started, if that is known; else it could be any that the slot had. */
    readonly started: readonly Range[] | undefined;
  };

/** A slot, seen from main. Where the shared table is, and who answers for it, is the host's affair. */
export interface HostedSlot {
  post(message: ToSlot): void;
  /** Gives it items to run; `sentAt` is when, in milliseconds of the pool's clock. */
  send(part: Part, sentAt?: number): void;
  /** Takes back what has not started, without the slot's help; answered by `reclaimed`, at once or later. */
  reclaim(parts: readonly Part[]): void;
  /** Sets the item's flag and posts `cancel` to the slot, which gives the item up after a grace if it can. */
  cancel(part: Part): void;
  /** Resolves to which of these items are running, and since when. */
  running(parts: readonly Part[]): Promise<readonly RunningSince[]>;
  /** Which of these items had started and not ended when it posted `fatal`. */
  lastRunning(parts: readonly Part[]): readonly RunningSince[];
  /**
   * Ends it from outside; resolves when nothing of it is left. A thread that is busy burns on until the program exits,
   * which nobody waits for.
   */
  terminate(): Promise<void>;
}

/** Starts a slot. `generation` is its own in all shared tables; `onMessage` gets its messages, and `fatal` when it fails by itself. */
export type Host = (generation: Generation, onMessage: (message: HostMessage) => void) => HostedSlot;
