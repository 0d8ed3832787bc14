/** What one run of one mode read, in threads of its own. Null: not measured, or not to be told on this machine. */
export interface ModeRun {
  /** The round, from 1; 0 and less are warm-up rounds, which count for nothing. */
  readonly round: number;
  /** First item to last outcome, in milliseconds. */
  readonly elapsedMs: number;
  /** Until all slots had loaded the job, in milliseconds. */
  readonly startMs: number;
  /** Processor time of the whole program meanwhile, with the processes of its slots, in milliseconds. */
  readonly cpuMs: number | null;
  /** Processor time of the main thread: it reads, sends and takes outcomes. */
  readonly mainCpuMs: number | null;
  /** Processor time of each slot's thread while it had work. */
  readonly slotCpuMs: readonly number[] | null;
  /** Memory of the program at the end, with the processes of its slots. */
  readonly rssBytes: number | null;
  /** Most memory on the heap of one slot's isolate. */
  readonly heapBytes: number | null;
  /** 99 % of the items took no longer than this, from start to end, in milliseconds. */
  readonly p99Ms: number | null;
  /** 99 % of the timers fired no later than this, in milliseconds. */
  readonly lagP99Ms: number | null;
  /** Context switches of the program that it asked for, by waiting. */
  readonly voluntarySwitches: number | null;
  /** Context switches that the kernel made while it could have gone on. */
  readonly involuntarySwitches: number | null;
}
