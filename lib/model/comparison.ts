import type { Cell, Grid, ModeVerdict } from "./grid.ts";
import type { Ends } from "./interval.ts";
import type { ModeRun } from "./mode_run.ts";

/** How one mode did over the user's items, against serial. */
export interface ComparedMode extends Cell {
  /** Items in a second, at the median of the runs. */
  readonly itemsPerSecond: number;
  /** How many times less time it took than serial. */
  readonly ratio: number;
  /** The interval of that ratio; null if there are too few rounds for one, and for serial. */
  readonly interval: Ends | null;
  /** What the interval shows. */
  readonly verdict: ModeVerdict;
  /** Why it is unclear, as a sentence's end; null if it is not. */
  readonly reason: string | null;
  /** Half of the items took no longer than this, from start to end. */
  readonly p50Ms: number;
  /** 99 % of the items took no longer than this. */
  readonly p99Ms: number;
  /** How late a timer fired on a slot's event loop in half of all cases; null: not measured. */
  readonly lagP50Ms: number | null;
  /** The same in 99 % of all cases. */
  readonly lagP99Ms: number | null;
  /** The median of the runs. */
  readonly rssBytes: number | null;
  /** All runs, by round. */
  readonly samples: readonly ModeRun[];
}

/** The A/A control, serial against serial: what a comparison shows where there is nothing to show. */
export interface Control {
  /** The ratio of the two. */
  readonly ratio: number;
  /** Its interval; null if there are too few rounds for one. */
  readonly interval: Ends | null;
  /** It shows a difference: the measurement cannot be trusted. */
  readonly failed: boolean;
}

/** What other programs took of the machine meanwhile. */
export interface Contention {
  /** Cores that were busy and not ours, on average. */
  readonly foreignCores: number;
  /** Rounds in which fewer cores than the threads need were left to us. */
  readonly rounds: number;
  /** These are so many that nothing can be said of modes with several threads. */
  readonly contended: boolean;
}

/** What one item goes through in serial, on average, in milliseconds. Null: it cannot be told on this machine. */
export interface Phases {
  /** Once for each thread, before any item: it starts and loads the job. */
  readonly startMs: number;
  /** On the way from main to the slot, with the others of its batch. */
  readonly sendMs: number | null;
  /** In the slot, behind the items that are before it. */
  readonly queueMs: number | null;
  /** It computes. */
  readonly computingMs: number | null;
  /** It holds its thread and does not compute: it blocks, or other threads have the core. */
  readonly blockingMs: number | null;
  /** It waits, and leaves its thread to others. */
  readonly waitingMs: number | null;
  /** From its end until main has the outcome, which leaves with others. */
  readonly receiveMs: number | null;
  /** Sending and receiving keep the slot from work for so long: what is left of the run's time, for each item. */
  readonly transferMs: number;
}

/** What was measured before the rounds, of ourselves. */
export interface OwnCost {
  /** The clock's smallest step, in microseconds. */
  readonly timerResolutionUs: number;
  /** An item that does nothing takes so long in serial, in microseconds: our own cost. */
  readonly overheadUs: number;
  /** The same over as many threads as were compared. */
  readonly threadsOverheadUs: number;
}

/** Which cell to use, or that none can be named; `reason` is a sentence's end. */
export type Advice =
  | {
    readonly kind: "use";
    readonly cell: Cell;
    readonly reason: string;
    /** What would change it, as sentences without a stop. */
    readonly changes: readonly string[];
  }
  | { readonly kind: "none"; readonly reason: string };

/** What comparing the modes over a user's items has shown. */
export interface JobComparison {
  /** The job, as the user names it. */
  readonly job: string;
  /** Items of a run. */
  readonly itemCount: number;
  /** Items that were given. */
  readonly itemsGiven: number;
  /** How often a run goes through its items. */
  readonly passes: number;
  /** Each item ran once at most; else every run has the same items. */
  readonly once: boolean;
  /** Whole rounds. */
  readonly rounds: number;
  /** SHA-256 of the outputs, which are alike in all modes; null if they were not compared. */
  readonly digest: string | null;
  /** Serial against serial. */
  readonly control: Control;
  /** Other programs, meanwhile. */
  readonly contention: Contention;
  /** Of ourselves. */
  readonly ownCost: OwnCost;
  /** The modes, serial first. */
  readonly modes: readonly ComparedMode[];
  /** Of serial. */
  readonly phases: Phases;
  /**
   * An item that waits as these do must compute longer than this for threads to take less time than tasks, in milliseconds; null
   * where it cannot be told.
   */
  readonly breakEvenMs: number | null;
  /** The sweep over threads and tasks; null if there was none. */
  readonly grid: Grid | null;
  /** What should be known of the measurement, as sentences without a stop. */
  readonly notices: readonly string[];
  /** What to use. */
  readonly advice: Advice;
}
