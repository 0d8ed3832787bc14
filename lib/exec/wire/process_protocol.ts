import type { Start } from "../../clock.ts";
import type { RuntimeName } from "../../model/runtime.ts";
import type { Range } from "../schedule/range_set.ts";
import type { ItemNumber, Line } from "./numbers.ts";
import type { PermissionKind, Permissions } from "./permissions.ts";
import type { FromSlot, RunningSince, ToSlot } from "./protocol.ts";

/** Every message between main and the processes of slots: they carry those between main and slots, and a few more. */

/**
 * The messages of main to a slot's own process, as headers of frames. `control` has the words of the pool's shared memory as
 * they are now: the process has a copy, and each message brings it up to date.
 */
export type ToProcess =
  & { readonly control: readonly number[] }
  & (
    | {
      readonly kind: "load";
      readonly load: Omit<ToSlot & { kind: "load" }, "control" | "results">;
      /** When the process was started. */
      readonly started: Start;
      readonly resultBytes: number;
      readonly permissions: Permissions;
      /** Maximum resident memory of the process, in bytes. */
      readonly memory?: number;
    }
    /** Items; the body has their table and their bytes, see relay_blocks.ts. */
    | {
      readonly kind: "items";
      readonly first: ItemNumber;
      readonly count: number;
      readonly firstLine: Line;
      readonly sentAt?: number;
    }
    | { readonly kind: "reclaim"; readonly ranges: readonly Range[] }
    | { readonly kind: "cancel"; readonly item: ItemNumber }
    /** Which items are running? The answer has the same number. */
    | { readonly kind: "running"; readonly question: number }
    | { readonly kind: "message"; readonly message: ToSlot }
  );

/** What a process says of itself before all else. Nothing is sent to it before, and its job loads only if this will do. */
export interface Hello {
  readonly wire: number;
  readonly runtime: RuntimeName;
  /** Kinds of permission that it can deny a job; it gets none of the others if they are not granted whole. */
  readonly denies: readonly PermissionKind[];
}

/** The messages of a slot's own process to main. */
export type FromProcess =
  | { readonly kind: "hello" } & Hello
  /** The body has the bytes of results. */
  | { readonly kind: "message"; readonly message: FromSlot }
  | { readonly kind: "reclaimed"; readonly ranges: readonly Range[] }
  | { readonly kind: "running"; readonly question: number; readonly items: readonly RunningSince[] }
  /** Items that were running when the slot's thread posted `fatal`, or when its memory was too much. Nothing else starts. */
  | { readonly kind: "last"; readonly items: readonly RunningSince[]; readonly usedBytes?: number };
