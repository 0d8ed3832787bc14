import type { FromSlot, InexactCount } from "../wire/protocol.ts";

/** How long items took besides running, in milliseconds; each a sum over the items of a reading. */
export interface SummedPhases {
  /**
   * From when main posts items until their slot receives them, which it cannot while it computes. For an item that was stolen
   * or taken back, the time begins again.
   */
  readonly sentMs: number;
  /** From then until they start: they wait for earlier items. */
  readonly queuedMs: number;
  /** From their ends until the reading is sent. */
  readonly heldMs: number;
  /** From then until main has received it. */
  readonly receiveMs: number;
}

/** What a slot measured since its last reading: items, time with work (`ms`), and CPU time if known. */
export interface SlotReading {
  readonly items: number;
  /** How many of them failed after they had waited: too many at once may be the reason. */
  readonly failed?: number;
  /** Whether all places were taken when the slot reported, and another item could have started. */
  readonly full?: boolean;
  readonly ms: number;
  /** The sum of the times that the items' promises were pending; 0 if the job returns no promises. */
  readonly pendingMs: number;
  readonly cpuMs?: number;
  /** The time from start to end of each item, if measured. */
  readonly itemMs?: readonly number[];
  /** How late timers fired on the slot's event loop while it had work, if measured; see loop_lag.ts. */
  readonly lagMs?: readonly number[];
  readonly phases?: SummedPhases;
  /** Heap memory in use of the slot's isolate, read at most 25 ms before. */
  readonly heapBytes?: number;
  /** CPU time of all threads of the slot's own process since its last reading; undefined for a worker slot. */
  readonly processCpuMs?: number;
  /** Resident memory of the slot's own process; undefined for a worker slot. */
  readonly processRssBytes?: number;
  /** Items that were not read as they are written. */
  readonly inexact?: InexactCount;
  /** The slot that reported it. */
  readonly slot?: number;
  /** Threads that are up. */
  readonly threads: number;
}

/** The width of a run: its threads, and how many items each runs at once. */
export interface Width {
  readonly threads: number;
  readonly tasks: number;
}

/** What main knows about a reading besides what the slot reports. */
export interface ReadingContext {
  /** How many items ended. */
  readonly items: number;
  readonly slot: number;
  /** Threads that are up. */
  readonly threads: number;
  /** When the message was received, in milliseconds of the pool's clock, if phases are measured. */
  readonly receivedAt: number | undefined;
}

/** Makes a reading for tuners and comparisons from a slot's results message. */
export function readingOf(
  message: FromSlot & { kind: "results" },
  { items, slot, threads, receivedAt }: ReadingContext,
): SlotReading {
  const { ms, pendingMs, cpuMs, itemMs, lagMs, heapBytes, processCpuMs, processRssBytes, inexact, failed, full } =
    message;
  const reading = { items, failed, full, ms, pendingMs, cpuMs, itemMs, inexact, threads, slot };
  if (message.phases === undefined || receivedAt === undefined) return reading;
  const { leftAt, ...phases } = message.phases;
  const receiveMs = items * Math.max(0, receivedAt - leftAt); // the clocks of two processes may differ by some microseconds
  return { ...reading, lagMs, heapBytes, processCpuMs, processRssBytes, phases: { ...phases, receiveMs } };
}
