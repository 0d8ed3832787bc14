/** What the machine and this program did during a run; times are in milliseconds. */
export interface RunLoad {
  /** How long the cores of the machine were busy, summed over all cores; null if the system does not tell. */
  readonly busyMs: number | null;
  /** CPU time of this program, including the processes of its slots. */
  readonly ownMs: number;
  /** CPU time of the main thread; null if Deno cannot tell. */
  readonly mainMs: number | null;
  /** Context switches of threads that waited; null if Deno cannot tell. */
  readonly voluntarySwitches: number | null;
  /** Context switches that the kernel forced; null if Deno cannot tell. */
  readonly involuntarySwitches: number | null;
}

/** Everything that was read in one run of one cell, before it is made into metrics; times are in milliseconds. */
export interface RunReading {
  /** Time until all slots had loaded the job. */
  readonly startMs: number;
  /** From the first item to the last outcome. */
  readonly elapsedMs: number;
  /** How many items ran. */
  readonly items: number;
  /** What the machine and the program did meanwhile. */
  readonly load: RunLoad;
  /** Memory of the program at the end, including the processes of its slots, in bytes. */
  readonly rssBytes: number;
  /** The maximum heap memory in use in any slot's isolate, in bytes; null if not measured. */
  readonly heapBytes: number | null;
  /**
   * Sums over the slots: how long they had work, their CPU time in `knownMs` of that time, and how long promises were
   * pending.
   */
  readonly worked: {
    readonly ms: number;
    readonly cpuMs: number;
    readonly knownMs: number;
    readonly pendingMs: number;
  };
  /** CPU time of each slot's thread while it had work; empty if Deno cannot tell. */
  readonly slotCpuMs: readonly number[];
  /** Sums over the items; null if no slot reported any. */
  readonly latency: { readonly sendMs: number; readonly queueMs: number; readonly receiveMs: number } | null;
  /** The time of each item from start to end, ascending; quantiles if there are many. */
  readonly itemMs: Float64Array;
  /** How late timers fired, ascending; quantiles if there are many. */
  readonly lagMs: Float64Array;
}
