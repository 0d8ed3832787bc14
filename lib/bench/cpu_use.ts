import os from "node:os";
import type { Clock } from "../clock.ts";
import type { Machine } from "../model.ts";

/** What the clocks of the processor said at a moment, in milliseconds. */
export interface CpuReading {
  readonly atMs: number;
  /** What all cores have worked so far, for everybody. */
  readonly busyMs: number;
  /** What they have worked for this process and its threads. */
  readonly ownMs: number;
}

/**
 * Reads the clocks. Needs the permission `sys`. They tick in hundredths of a second, so two readings should be seconds
 * apart. What a hypervisor gives to other machines is in none of them: the A/A control may notice it.
 */
export function readCpu(clock: Clock): CpuReading {
  const { user, system } = globalThis.process.cpuUsage();
  const busyMs = os.cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  return { atMs: clock.now(), busyMs, ownMs: (user + system) / 1000 };
}

/** How many cores worked for other programs between two readings, on average. Processes that we started are others. */
export function coresOfOthers(from: CpuReading, to: CpuReading): number {
  const othersMs = (to.busyMs - from.busyMs) - (to.ownMs - from.ownMs);
  return to.atMs > from.atMs ? Math.max(0, othersMs / (to.atMs - from.atMs)) : 0;
}

/** Whether more than a tenth of the cores that a comparison needs was not ours. What we may not use, nobody took from us. */
export function isContended(needed: number, others: number, machine: Pick<Machine, "cores" | "usableCores">): boolean {
  const wanted = Math.min(needed, machine.usableCores);
  return wanted > 0 && wanted - (machine.cores - others) > 0.1 * wanted;
}
