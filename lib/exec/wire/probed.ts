/** What probes have measured since the last reading; each only if it is wanted. Sums are over the items that ended in that time. */
export interface Probed {
  /** From start to end of each item. */
  readonly itemMs?: readonly number[];
  readonly phases?: {
    /** From when main sent the items to when their slot had them. */
    readonly sentMs: number;
    /** From then to their starts. */
    readonly queuedMs: number;
    /** From their ends to when this reading left. */
    readonly heldMs: number;
    /** When that was, in milliseconds of the pool's clock. */
    readonly leftAt: number;
  };
  /** How late timers fired on the slot's loop, see loop_lag.ts. */
  readonly lagMs?: readonly number[];
  /** The heap of the slot's isolate that was in use, at most 25 ms ago. */
  readonly heapBytes?: number;
}

/** What a slot's own process, all threads of it, has used; its relay adds that to results. */
export interface ProcessUse {
  /** Processor time since the last reading, or since the slot was started. */
  readonly processCpuMs?: number;
  /** Resident memory now. */
  readonly processRssBytes?: number;
}

/**
 * Of which items slots report when they ran: of `some`, about 1,000 a second of each slot, chosen whatever they take; `first`: of its
 * first `maxAttempts` items, and then of some.
 */
export type Spans = "none" | "some" | "first" | "all";

/**
 * A span is four numbers of a flat list: the item; when it started, in milliseconds of the pool's clock; how long it took from there
 * to its end; and how much of that, at its end, the promise of its function was pending, both in milliseconds. The last is 0 if the
 * function returned no promise, or unless `all` are reported. One flat list costs less to post than an object for each item.
 */
export const spanWords = 4;
