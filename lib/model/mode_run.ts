/** What was measured in one run of one mode, in threads of its own. Null: not measured, or unknown on this machine. */
export interface ModeRun {
  /** The round, from 1; 0 and below are warm-up rounds, which do not count. */
  readonly round: number;
  /** From the first item to the last outcome, in milliseconds. */
  readonly elapsedMs: number;
  /** Time until all slots had loaded the job, in milliseconds. */
  readonly startMs: number;
  /** CPU time of the whole program in that run, including the processes of its slots, in milliseconds. */
  readonly cpuMs: number | null;
  /** CPU time of the main thread, which reads, sends and takes outcomes, in milliseconds. */
  readonly mainCpuMs: number | null;
  /** CPU time of each slot's thread while it had work, in milliseconds. */
  readonly slotCpuMs: readonly number[] | null;
  /** Memory of the program at the end, including the processes of its slots, in bytes. */
  readonly rssBytes: number | null;
  /** The maximum heap memory in use in any slot's isolate, in bytes. */
  readonly heapBytes: number | null;
  /** 99 % of the items took no longer than this, from start to end, in milliseconds. */
  readonly p99Ms: number | null;
  /** 99 % of the timers fired no later than this, in milliseconds. */
  readonly lagP99Ms: number | null;
  /** Context switches that the program caused itself, by waiting. */
  readonly voluntarySwitches: number | null;
  /** Context switches that the kernel forced while the program could have gone on. */
  readonly involuntarySwitches: number | null;
}
