import os from "node:os";

/** CPU time used since an arbitrary moment in the past, in milliseconds of one core. */
export interface LoadReading {
  /**
   * How long the cores of the machine were busy, summed over all cores; in ticks of 10 ms. Undefined where the system does not
   * tell: sandboxes without /proc/stat.
   */
  readonly busyMs: number | undefined;
  /** CPU time of this program in all of its threads, without child processes. */
  readonly ownMs: number;
  /** CPU time of the thread that takes the reading; undefined if Deno cannot tell (before 2.9). */
  readonly mainMs: number | undefined;
  /**
   * Context switches of this program's threads that waited for something, and so gave up their core. Undefined if Deno
   * cannot tell (before 2.9); always 0 on Windows.
   */
  readonly voluntarySwitches: number | undefined;
  /** Context switches in which the kernel took the core from a thread that could have gone on. */
  readonly involuntarySwitches: number | undefined;
}

/** What tells how much CPU time and memory is used. */
export interface Meter {
  readLoad(): LoadReading;
  /** Resident memory of this program, in bytes. */
  rssBytes(): number;
}

/** Needs the permission `sys`. The first call takes 10 ms, because it creates Node's `process`; later calls take 70 us. */
function readLoad(): LoadReading {
  const { user, system } = globalThis.process.cpuUsage();
  const switches: Partial<NodeJS.ResourceUsage> = globalThis.process.resourceUsage?.() ?? {};
  const cores = os.cpus();
  const busyMs = cores.reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0);
  const thread = globalThis.process.threadCpuUsage?.();
  return {
    busyMs: cores.length === 0 ? undefined : busyMs,
    ownMs: (user + system) / 1000,
    mainMs: thread && (thread.user + thread.system) / 1000,
    voluntarySwitches: switches.voluntaryContextSwitches,
    involuntarySwitches: switches.involuntaryContextSwitches,
  };
}

/** The meter of this process and its machine. */
export const processMeter: Meter = { readLoad, rssBytes: () => Deno.memoryUsage().rss };
