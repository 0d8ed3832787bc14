import os from "node:os";

/** What has been used since some moment in the past, in milliseconds of one core. */
export interface LoadReading {
  /** All cores of the machine together were busy; ticks of 10 ms. */
  readonly busyMs: number;
  /** This program computed, in all of its threads; its child processes do not count. */
  readonly ownMs: number;
  /** The thread that reads this computed; undefined where Deno cannot tell (before 2.9). */
  readonly mainMs: number | undefined;
  /** Context switches of this program that it asked for, by waiting. */
  readonly voluntarySwitches: number;
  /** Context switches that the kernel made while it could have gone on. */
  readonly involuntarySwitches: number;
}

/** Needs the permission `sys`. The first call takes 10 ms, because Node's `process` is made then. */
export function readLoad(): LoadReading {
  const { user, system } = globalThis.process.cpuUsage();
  const busyMs = os.cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const { voluntaryContextSwitches, involuntaryContextSwitches } = globalThis.process.resourceUsage();
  const thread = globalThis.process.threadCpuUsage?.();
  return {
    busyMs,
    ownMs: (user + system) / 1000,
    mainMs: thread && (thread.user + thread.system) / 1000,
    voluntarySwitches: voluntaryContextSwitches,
    involuntarySwitches: involuntaryContextSwitches,
  };
}
