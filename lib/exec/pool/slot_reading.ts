import type { FromSlot } from "../wire/protocol.ts";

/** How long items took besides running, each summed up over the items of a report; in milliseconds. */
export interface SummedPhases {
  /**
   * From main posting them to their slot taking them, which it cannot while it computes. An item that another slot steals, or
   * that is taken back, begins again.
   */
  readonly sentMs: number;
  /** From then to their starts: they wait for those before them. */
  readonly queuedMs: number;
  /** From their ends to when the report leaves. */
  readonly heldMs: number;
  /** From then to when main has it. */
  readonly receiveMs: number;
}

/** What a slot reported: so many items in so many milliseconds with work, and how long it computed, if that is known. */
export interface SlotReading {
  readonly items: number;
  readonly ms: number;
  /** How long the items' promises were pending, summed up; 0 if the job returns none. */
  readonly pendingMs: number;
  readonly cpuMs?: number;
  /** From start to end of each item, if that is measured. */
  readonly itemMs?: readonly number[];
  /** How late timers fired on the slot's event loop while it had work, if that is measured; see loop_lag.ts. */
  readonly lagMs?: readonly number[];
  readonly phases?: SummedPhases;
  /** The heap of the slot's isolate that was in use, at most 25 ms before. */
  readonly heapBytes?: number;
  /** What the slot's own process, all threads of it, has used of processors since its last report; undefined for a thread. */
  readonly processCpuMs?: number;
  /** Resident memory of the slot's own process; undefined for a thread. */
  readonly processRssBytes?: number;
  /** The slot that reported it. */
  readonly slot?: number;
  /** Threads that are up. */
  readonly threads: number;
}

/** How wide a run is: threads, and items that each runs at once. */
export interface Width {
  readonly threads: number;
  readonly tasks: number;
}

/** What main knows of a reading besides what the slot reports. */
export interface ReadingContext {
  /** Items that have ended by it. */
  readonly items: number;
  readonly slot: number;
  /** Threads that are up. */
  readonly threads: number;
  /** When it came, in milliseconds of the pool's clock, if phases are measured. */
  readonly receivedAt: number | undefined;
}

/** A slot's results message as tuners and comparisons see it. */
export function readingOf(
  message: FromSlot & { kind: "results" },
  { items, slot, threads, receivedAt }: ReadingContext,
): SlotReading {
  const { ms, pendingMs, cpuMs, itemMs, lagMs, heapBytes, processCpuMs, processRssBytes } = message;
  const reading = { items, ms, pendingMs, cpuMs, itemMs, threads, slot };
  if (message.phases === undefined || receivedAt === undefined) return reading;
  const { leftAt, ...phases } = message.phases;
  const receiveMs = items * Math.max(0, receivedAt - leftAt); // the clocks of two processes may differ by some microseconds
  return { ...reading, lagMs, heapBytes, processCpuMs, processRssBytes, phases: { ...phases, receiveMs } };
}
