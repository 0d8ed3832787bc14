import os from "node:os";

/** What has been used since some moment in the past; times in milliseconds of one core. */
export interface LoadReading {
  /** All cores of the machine together were busy; ticks of 10 ms. */
  readonly busyMs: number;
  /** This program computed, in all of its threads; its child processes do not count. */
  readonly ownMs: number;
  /** The thread that reads this computed; undefined where Deno cannot tell (before 2.9). */
  readonly mainMs: number | undefined;
  /**
   * Context switches of this program's threads where they waited for something, and so gave up their core. Undefined where
   * Deno cannot tell (before 2.9); on Windows always 0.
   */
  readonly voluntarySwitches: number | undefined;
  /** Those where they would have run on, and the kernel gave their core to another. */
  readonly involuntarySwitches: number | undefined;
}

/** Needs the permission `sys`. The first call takes 10 ms, because Node's `process` is made then; the others 70 us. */
export function readLoad(): LoadReading {
  const { user, system } = globalThis.process.cpuUsage();
  const switches: Partial<NodeJS.ResourceUsage> = globalThis.process.resourceUsage?.() ?? {};
  const busyMs = os.cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const thread = globalThis.process.threadCpuUsage?.();
  return {
    busyMs,
    ownMs: (user + system) / 1000,
    mainMs: thread && (thread.user + thread.system) / 1000,
    voluntarySwitches: switches.voluntaryContextSwitches,
    involuntarySwitches: switches.involuntaryContextSwitches,
  };
}
