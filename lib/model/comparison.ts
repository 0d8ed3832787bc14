import type { Cell, Grid, ModeVerdict } from "./grid.ts";
import type { Ends } from "./interval.ts";
import type { ModeRun } from "./mode_run.ts";

/** The results of one mode over the user's items, compared with serial. */
export interface ComparedMode extends Cell {
  /** Items per second, at the median of the runs. */
  readonly itemsPerSecond: number;
  /** How many times faster it is than serial. */
  readonly ratio: number;
  /** The interval of the ratio; null for serial, and if there are too few rounds. */
  readonly interval: Ends | null;
  /** What the interval shows. */
  readonly verdict: ModeVerdict;
  /** Why it is unclear, as the end of a sentence; null if it is not. */
  readonly reason: string | null;
  /** Half of the items took no longer than this, from start to end. */
  readonly p50Ms: number;
  /** 99 % of the items took no longer than this. */
  readonly p99Ms: number;
  /** Half of the timers on a slot's event loop fired no later than this, in milliseconds; null: not measured. */
  readonly lagP50Ms: number | null;
  /** 99 % of the timers fired no later than this, in milliseconds; null: not measured. */
  readonly lagP99Ms: number | null;
  /** Memory in use, in bytes: the median of the runs. */
  readonly rssBytes: number | null;
  /** All runs, by round. */
  readonly samples: readonly ModeRun[];
}

/** The A/A control, serial against serial: it should show no difference. */
export interface Control {
  /** The ratio of the two times. */
  readonly ratio: number;
  /** Its interval; null if there are too few rounds for one. */
  readonly interval: Ends | null;
  /** It shows a difference: the measurement cannot be trusted. */
  readonly failed: boolean;
}

/** What other programs used of the machine during the measurement. */
export interface Contention {
  /** How many cores other programs kept busy, on average. */
  readonly foreignCores: number;
  /** How many rounds had fewer cores left to us than the threads need. */
  readonly rounds: number;
  /** Whether there were too many such rounds, so that modes with several threads cannot be judged. */
  readonly contended: boolean;
}

/** What one item goes through in serial, on average, in milliseconds. Null: unknown on this machine. */
export interface Phases {
  /** Once for each thread, before its first item: starting, and loading the job. */
  readonly startMs: number;
  /** On the way from main to the slot, together with its batch. */
  readonly sendMs: number | null;
  /** Queued in the slot, behind earlier items. */
  readonly queueMs: number | null;
  /** Computing. */
  readonly computingMs: number | null;
  /** Holding its thread without computing: it blocks, or other threads have the core. */
  readonly blockingMs: number | null;
  /** Waiting, while its thread runs other items. */
  readonly waitingMs: number | null;
  /** From its end until main has the outcome, which is sent together with others. */
  readonly receiveMs: number | null;
  /** How long sending and receiving keep the slot from work: the rest of the run's time, per item. */
  readonly transferMs: number;
}

/** Our own cost, measured before the rounds. */
export interface OwnCost {
  /** The clock's smallest step, in microseconds. */
  readonly timerResolutionUs: number;
  /** How long an item that does nothing takes in serial, in microseconds. */
  readonly overheadUs: number;
  /** How long it takes in as many threads as were compared, in microseconds. */
  readonly threadsOverheadUs: number;
}

/** Which cell to use, or that none can be recommended. `reason` is the end of a sentence. */
export type Advice =
  | {
    readonly kind: "use";
    readonly cell: Cell;
    readonly reason: string;
    /** What would change the advice, as sentences without a full stop. */
    readonly changes: readonly string[];
  }
  | { readonly kind: "none"; readonly reason: string };

/** The result of comparing the modes over a user's items. */
export interface JobComparison {
  /** The job, as the user named it. */
  readonly job: string;
  /** Items of a run. */
  readonly itemCount: number;
  /** Items that were given. */
  readonly itemsGiven: number;
  /** How often a run goes through its items. */
  readonly passes: number;
  /** Whether each item ran at most once. Otherwise every run has the same items. */
  readonly once: boolean;
  /** How many whole rounds were run. */
  readonly rounds: number;
  /** SHA-256 of the outputs, which are the same in all modes; null if they were not compared. */
  readonly digest: string | null;
  /** Serial against serial. */
  readonly control: Control;
  /** What other programs used. */
  readonly contention: Contention;
  /** What tandem itself costs. */
  readonly ownCost: OwnCost;
  /** The modes, serial first. */
  readonly modes: readonly ComparedMode[];
  /** What an item goes through in serial. */
  readonly phases: Phases;
  /**
   * How long an item that waits like these must compute before threads take less time than tasks, in milliseconds; null if
   * unknown.
   */
  readonly breakEvenMs: number | null;
  /** The sweep over threads and tasks; null if there was none. */
  readonly grid: Grid | null;
  /** What the reader should know about the measurement, as sentences without a full stop. */
  readonly notices: readonly string[];
  /** What to use. */
  readonly advice: Advice;
}
