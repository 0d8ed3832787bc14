import type { Start } from "../../clock.ts";
import type { JobErrorCode } from "../../errors.ts";
import type { JobReference } from "../../model/item.ts";
import type { Range } from "../schedule/range_set.ts";
import type { BlockId, BlockUse, Generation, ItemNumber, Line, Place, StartTime } from "./numbers.ts";
import type { PermissionKind } from "./permissions.ts";
import type { Probed, ProcessUse, Spans } from "./probed.ts";
import type { Remedies } from "./remedies.ts";
import type { RetryPolicy } from "./retry_policy.ts";

/** Every message between main and slots, and nothing else. */

/** How an item's bytes become the job's argument. */
export type ItemCodec = "json" | "text" | "bytes" | "csv" | "tsv";

/** How a job's value becomes a record. */
export type ValueCodec = "json" | "text" | "bytes";

/** What records look like. A record is text that ends in `separator`; with the `bytes` codec it is the value itself. */
export interface Format {
  readonly input: ItemCodec;
  readonly output: ValueCodec;
  readonly separator: "\n" | "\0";
  /** Ends an error record, which may go elsewhere. */
  readonly errorSeparator: "\n" | "\0";
  /** An error record leaves when it is made: somebody waits for the first one. */
  readonly errorsAtOnce: boolean;
  /** Records carry their line: `{"line":17,"value":…}`. */
  readonly tag: boolean;
  /** Longest record, in bytes; a longer one is the item's error. */
  readonly maxResult: number;
  /** The longest line that `input` let pass, in bytes: only for the message of an item that was longer. */
  readonly maxLine: number;
  /** What to do about errors, in the words of the run's caller. */
  readonly remedies: Remedies;
}

/** A job's `ctx.index` of the `n`-th item of the input's shard is `first + n * step`: a shard takes every `step`-th. */
export interface Numbering {
  readonly first: number;
  readonly step: number;
  /** Items of the shard that this run leaves out, as ascending ranges; its own are numbered without them, see gaps.ts. */
  readonly skipped?: readonly Range[];
}

/** All kinds of permission. Here, where it is loaded in any case. */
export const permissionKinds: readonly PermissionKind[] = [
  "read",
  "write",
  "net",
  "env",
  "run",
  "sys",
  "ffi",
  "import",
];

/** Words of the memory that main and all slots of a pool share. */
export const controlWord = {
  /** 1: nothing more is wanted. */
  stopped: 0,
  /** Items that a slot runs at once; 0: no other item starts. */
  tasks: 1,
  /** The item that the output waits for, as `item % 2 ** 31`; -1 if it waits for none in particular. */
  nextOut: 2,
  /** Longest time from an item's start to its end, in milliseconds; 0: no limit. */
  limitMs: 3,
  /** 1: an item that fails after it has waited leaves its place empty until main says `width`. */
  yields: 4,
  /** How often a slot with running items reports, if the width is chosen during the run; in milliseconds. */
  reportMs: 5,
  length: 6,
} as const;

/** The block that holds a range's items. A block that will be used again has an id, and its buffer comes once only. */
export interface BlockReference {
  readonly id: BlockId;
  readonly capacity: number;
  readonly buffer?: SharedArrayBuffer;
  /** A block with one long line is used once: the slot does not keep it. */
  readonly once: boolean;
  /** Which use of the block the items are of. */
  readonly use: BlockUse;
  /** The line of the place 0 in the block's table; each place adds its own distance. */
  readonly firstLine: Line;
}

/**
 * What slots measure and report besides outcomes. `cpu`: how much processor time the work took. `all`: also how long each item
 * took, the phases of items, the loop's lag, and memory.
 */
export type Probes = "none" | "cpu" | "all";

/** The messages of main to a slot. */
export type ToSlot =
  | {
    readonly kind: "load";
    readonly job: JobReference;
    readonly thread: number;
    /** This slot's number in the shared table. */
    readonly generation: Generation;
    readonly control: Int32Array;
    /** The slot's memory for results. */
    readonly results: SharedArrayBuffer;
    /** When the pool's clock was 0, as `startTime` of the thread that started the slot's tells it. */
    readonly epoch: number;
    readonly format: Format;
    readonly numbering: Numbering;
    /** Output that may be under way without main having taken it, in bytes. */
    readonly credit: number;
    readonly probes: Probes;
    /** Of which items to report when they ran. */
    readonly spans: Spans;
    /** The width is chosen during the run: report without results too. */
    readonly tuned: boolean;
    /** Undefined: no item runs again, and nobody wants to know when one might. */
    readonly retry?: RetryPolicy;
    /** Say which items the job's module brings along. */
    readonly wantsItems: boolean;
  }
  | {
    readonly kind: "items";
    readonly block: BlockReference;
    /** Items `first` .. `first + count - 1` are at places `from` .. of the block. */
    readonly from: Place;
    readonly first: ItemNumber;
    readonly count: number;
    /** When main sent it, in milliseconds of the pool's clock, if phases are measured. */
    readonly sentAt?: number;
  }
  /** Main has taken so much of the slot's output, and these chunks are free again. */
  | { readonly kind: "taken"; readonly bytes: number; readonly chunks: readonly number[] }
  /** Main has taken so much of this item's values, while it still runs. */
  | { readonly kind: "takenOf"; readonly item: ItemNumber; readonly bytes: number }
  /** The control words say how many items may run at once. */
  | { readonly kind: "width" }
  /** The output waits for an item of this slot, which had paused. */
  | { readonly kind: "resume" }
  /** The item's flag in the table is set: its signal aborts. It has a grace to end. */
  | { readonly kind: "cancel"; readonly item: ItemNumber }
  /** The stop flag is set: all signals abort. */
  | { readonly kind: "stop" }
  | { readonly kind: "finish" };

/** The messages as the slot's thread gets them: its host adds when it started the thread. */
export type ToThread =
  | Exclude<ToSlot, { readonly kind: "load" }>
  | ToSlot & { readonly kind: "load" } & { readonly started: Start };

/**
 * What consecutive records are. Items that gave one value and so ended are `ok`, and stand together with their neighbours. A
 * generator's values are `value`; its end, without a record, is `end`. A failed item stands alone: `error`, or
 * `lateError` after values that have left already.
 */
export const recordKind = { ok: 0, error: 1, value: 2, end: 3, lateError: 4 } as const;

export type RecordKind = typeof recordKind[keyof typeof recordKind];

/** How many items were not read as they are written, see inexact_json.ts, and the first line of one. */
export interface InexactCount {
  readonly items: number;
  readonly line: Line;
}

/** The messages of a slot to main. */
export type FromSlot =
  /** `items`: those of the job's module as a JSON array, if they were asked for and there are any. */
  | { readonly kind: "loaded"; readonly items?: string; readonly hasTeardown: boolean }
  | { readonly kind: "refused"; readonly found: string; readonly code?: JobErrorCode }
  | Probed & ProcessUse & {
    readonly kind: "results";
    /** Where the records are: in a chunk of the slot's memory, or in a buffer of their own. */
    readonly chunk?: number;
    readonly buffer?: ArrayBuffer;
    /** Four numbers for consecutive records of one kind, in the order of the bytes: kind, first item, items, bytes. */
    readonly stretches: readonly number[];
    /** Two numbers for failed items whose errors say when they may run again: item, and milliseconds from now; < 0: never. */
    readonly hints?: readonly number[];
    /** How long the slot had work since its last results. */
    readonly ms: number;
    /** Time from return to settling of the promises that settled in that time, summed up. */
    readonly pendingMs: number;
    /** How many items failed in that time that had waited, and whether items wait now for a place; if the width is chosen. */
    readonly failed?: number;
    readonly full?: boolean;
    /** How long it computed in that time; undefined if that is not measured. */
    readonly cpuMs?: number;
    /** Items since then that were not read as they are written. */
    readonly inexact?: InexactCount;
    /** When items ran that ended since then, in the order of their ends; see `spanWords`. */
    readonly spans?: readonly number[];
  }
  /** It has items, but may not start any before main takes output or says `resume`. */
  | { readonly kind: "paused" }
  /** An error that may be any running item's: thrown later, or a rejection nobody caught. `at`: `path:line` in the job. */
  | { readonly kind: "fatal"; readonly message: string; readonly at?: string }
  /** Such an error of an item that has ended, in line `line`; or of an unknown one, when none runs. */
  | { readonly kind: "uncaught"; readonly message: string; readonly line?: Line }
  | { readonly kind: "finished" };

/** An item that runs. */
export interface RunningSince {
  readonly item: ItemNumber;
  readonly since: StartTime;
  /** It waits: if its thread is stuck, another item holds it, or one that goes on after a wait. */
  readonly waits: boolean;
}
