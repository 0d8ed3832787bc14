import type { HeldBlock } from "./block_store.ts";
import type { Range } from "./range_set.ts";
import type { FromSlot, ToSlot } from "./protocol.ts";

/** Items that lie side by side in a block. */
export interface Part {
  readonly held: HeldBlock;
  /** The place of the first one. */
  readonly from: number;
  readonly range: Range;
}

/** What main hears from a slot: its messages, and answers of the host itself. */
export type Heard = FromSlot | { readonly kind: "reclaimed"; readonly ranges: readonly Range[] };

/** A slot, seen from main. Where the shared table is, and who answers for it, is the host's affair. */
export interface HostedSlot {
  post(message: ToSlot): void;
  /** Gives it items to run. */
  send(part: Part): void;
  /** Takes back what has not started, without the slot's help; heard as `reclaimed`. */
  reclaim(parts: readonly Part[]): void;
  /** Sets the item's flag, and tells the slot. */
  cancel(part: Part): void;
  /** Which of these items are running, and since when in milliseconds of the pool's clock. */
  running(parts: readonly Part[]): { readonly item: number; readonly since: number }[];
  /** Ends it from outside. A thread that is busy burns on until the program exits. */
  terminate(): void;
}

/** Starts a slot. `mark` is its own in all shared tables; `hear` gets its messages, and `fatal` when it fails by itself. */
export type Host = (mark: number, hear: (message: Heard) => void) => HostedSlot;
