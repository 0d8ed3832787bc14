import type { Limit, LimitName, TaskKind } from "../model/scale.ts";

/** What both children are told: how far they may go. */
export interface Bounds {
  /** Memory that their tasks or threads may take, in bytes; null: a quarter of what is free. */
  readonly maxBytes: number | null;
  /** How long starting them may take, in milliseconds. */
  readonly maxMs: number;
}

/** Why a child stopped before it had all of them, and the value of the cap or limit. */
export interface Stop {
  readonly stoppedBy: "max-memory" | "max-time" | LimitName;
  readonly limit: number;
}

/** What a child of parked tasks is told. */
export interface ParkInput extends Bounds {
  readonly kind: TaskKind;
  readonly alive: number;
  /** Where the server listens, for tasks that wait for one. */
  readonly port: number;
}

/** What such a child reports, in this order. */
export type ParkReport =
  | { readonly kind: "limits"; readonly limits: readonly Limit[] }
  /** So many wait by now, and take so much memory. */
  | { readonly kind: "alive"; readonly alive: number; readonly takenBytes: number }
  | { readonly kind: "stopped"; readonly stop: Stop }
  /** All wait: the memory that they take, in bytes, and how long their start took. */
  | { readonly kind: "parked"; readonly totalBytes: number; readonly startMs: number }
  /** All have ended, and how long that took. */
  | { readonly kind: "ended"; readonly endMs: number };

/** What a child of threads is told. */
export interface ClimbInput extends Bounds {
  readonly upTo: number;
}

/** What a process uses, more than it did before the first thread; null: it cannot be read. */
export interface Use {
  readonly rssBytes: number;
  readonly virtualBytes: number | null;
  readonly threads: number | null;
  readonly maps: number | null;
  readonly files: number | null;
}

/** What such a child reports, in this order. */
export type ClimbReport =
  | { readonly kind: "limits"; readonly limits: readonly Limit[] }
  /** A thread has replied; how long its start took until then. */
  | { readonly kind: "alive"; readonly startMs: number; readonly rssBytes: number }
  /** What so many threads use. */
  | { readonly kind: "point"; readonly alive: number; readonly use: Use }
  /** It starts no more: null if all are there. */
  | { readonly kind: "stopped"; readonly stop: Stop | null }
  | { readonly kind: "ended"; readonly endMs: number | null; readonly keptBytes: number | null };
