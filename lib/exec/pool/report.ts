import type { FromSlot } from "../wire/protocol.ts";
import type { Report } from "./tuner.ts";

/** What main knows of a report besides what the slot says. */
export interface HeardReport {
  /** Items that have ended by it. */
  readonly items: number;
  readonly slot: number;
  /** Threads that are up. */
  readonly threads: number;
  /** When it was heard, in milliseconds of the pool's clock, if phases are measured. */
  readonly heardAt: number | undefined;
}

/** A slot's report as tuners and comparisons see it. */
export function reportOf(
  message: FromSlot & { kind: "results" },
  { items, slot, threads, heardAt }: HeardReport,
): Report {
  const { ms, pendingMs, cpuMs, itemMs, lagMs, heapBytes, processCpuMs, processRssBytes } = message;
  const report = { items, ms, pendingMs, cpuMs, itemMs, threads, slot };
  if (message.phases === undefined || heardAt === undefined) return report;
  const { leftAt, ...phases } = message.phases;
  const receiveMs = items * Math.max(0, heardAt - leftAt); // the clocks of two processes may differ by some microseconds
  return { ...report, lagMs, heapBytes, processCpuMs, processRssBytes, phases: { ...phases, receiveMs } };
}
