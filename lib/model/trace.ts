/**
 * What a trace shows of a run. Times are milliseconds of the run's clock; a slot's own are from its thread, as that measured them.
 * Each is a fact that was measured: what nobody measured is left out.
 */
export type TraceEvent =
  | TracedAttempt
  /** Items that main sent together waited in their slot: until the last of them had started, or was taken back. */
  | {
    readonly kind: "queue";
    readonly slot: number;
    readonly startMs: number;
    readonly ms: number;
    readonly items: number;
    /** The first of them. */
    readonly line: number;
  }
  /** From the first end of items until main had the report of them. */
  | {
    readonly kind: "send";
    readonly slot: number;
    readonly startMs: number;
    readonly ms: number;
    readonly items: number;
  }
  /** Items that had not started were taken back from the slot; `line`: the first of them. */
  | {
    readonly kind: "steal";
    readonly slot: number;
    readonly atMs: number;
    readonly items: number;
    readonly line: number;
  }
  /** The slot's thread is replaced; or it was ended from outside. */
  | { readonly kind: "restart" | "kill"; readonly slot: number; readonly atMs: number }
  /** The item failed and will run again, as attempt `attempt` (from 2). `slot`: where it failed. */
  | {
    readonly kind: "retry";
    readonly slot: number;
    readonly atMs: number;
    readonly line: number;
    readonly attempt: number;
  }
  /** How wide the run is from now on. */
  | { readonly kind: "width"; readonly atMs: number; readonly threads: number; readonly tasks: number }
  /** How many items ended in a second, from `atMs` until the next of these events. */
  | { readonly kind: "rate"; readonly atMs: number; readonly itemsPerSecond: number }
  /** How many items slots have. */
  | { readonly kind: "inFlight"; readonly atMs: number; readonly items: number };

/** An attempt of an item. */
export interface TracedAttempt {
  readonly kind: "attempt";
  readonly slot: number;
  readonly line: number;
  /** Counted from 1. */
  readonly attempt: number;
  readonly startMs: number;
  readonly ms: number;
  /** How much of that, at its end, the promise of its function was pending. */
  readonly pendingMs: number;
  /** `ok`, `error`, the code of an error that is not the job's; `again`: it was cut off, through no fault of its own. */
  readonly outcome: string;
  /** The name of its error. */
  readonly error?: string;
  /** Length of its record. */
  readonly bytes?: number;
  /** How long it waited in its slot, from when main sent it. */
  readonly queueMs?: number;
  /** From its end until main had its outcome. */
  readonly sendMs?: number;
}
