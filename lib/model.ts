/** The nouns that flow between the rooms. All are plain, readonly data. */

/** The machine that a result was measured on. */
export interface Machine {
  /** The operating system, in Deno's words. */
  readonly os: string;
  /** The processor's architecture. */
  readonly arch: string;
  /** The processor's name. */
  readonly cpu: string;
  /** Cores of the machine. */
  readonly cores: number;
  /** Cores that affinity and cgroup quota leave us. */
  readonly usableCores: number;
  /** Memory of the machine. */
  readonly memoryBytes: number;
  /** Memory that programs could still have. */
  readonly freeBytes: number;
}

/** Which function runs over the items: one of ours by name, or the default export of the user's module. */
export type JobReference =
  | { readonly kind: "builtin"; readonly name: string }
  | { readonly kind: "module"; readonly url: string };

/**
 * What became of one item. A function gives exactly one: `ok` or `error`. A generator gives any number of `value`, then
 * `end` or `error`.
 */
export type Outcome =
  | { readonly kind: "ok"; readonly index: number; readonly value: unknown }
  | { readonly kind: "value"; readonly index: number; readonly value: unknown }
  | { readonly kind: "end"; readonly index: number }
  | { readonly kind: "error"; readonly index: number; readonly error: ItemError };

/** Why an item failed. */
export interface ItemError {
  /** The error's class. */
  readonly name: string;
  /** The error's text. */
  readonly message: string;
}

/** A corner or region of the grid: serial 1x1, tasks 1xK, threads Nx1, both NxK. */
export type Mode = "serial" | "tasks" | "threads" | "both";

/** One cell of the grid: `threads` threads, each running up to `tasks` items at once. */
export interface Cell {
  /** The mode that was measured. */
  readonly mode: Mode;
  /** Threads. */
  readonly threads: number;
  /** Items that each thread runs at once. */
  readonly tasks: number;
}

/** One reading: how long one round of an experiment took in one cell, from its first item to its last outcome. */
export interface Sample {
  /** The experiment's id. */
  readonly experiment: string;
  /** The mode that was measured. */
  readonly mode: Mode;
  /** The round, from 1. */
  readonly round: number;
  /** First item to last outcome, in milliseconds. */
  readonly elapsedMs: number;
}

/** The samples of one cell, summed up. */
export interface Summary {
  /** The experiment's id. */
  readonly experiment: string;
  /** Where it was measured. */
  readonly cell: Cell;
  /** The median of the samples, in milliseconds. */
  readonly medianMs: number;
  /** Items in a second, at the median. */
  readonly itemsPerSecond: number;
  /** All samples, in milliseconds, by round. */
  readonly samplesMs: readonly number[];
}

/**
 * How many times faster a mode is than its baseline: the Hodges-Lehmann estimate from the ratios of the rounds, and its
 * 95 % interval. A pair is one round's run of each.
 */
export interface Comparison {
  /** The experiment's id. */
  readonly experiment: string;
  /** The mode it is compared with. */
  readonly baseline: Mode;
  /** The mode that was measured. */
  readonly mode: Mode;
  /** Above 1, `mode` is faster. */
  readonly ratio: number;
  /** Its interval; null if there are too few rounds for one. */
  readonly interval: Ends | null;
  /** How many rounds were compared. */
  readonly rounds: number;
  /** The ratio of each of them. */
  readonly ratios: readonly number[];
}

/** What a claim came to, with its reason. */
export interface Verdict {
  /** The verdict itself. */
  readonly word: "holds" | "fails" | "unclear" | "skipped";
  /** Why, as a sentence's end. */
  readonly reason: string;
}

/** The ends of a 95 % interval. */
export type Ends = readonly [low: number, high: number];

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

/** How one mode did over the user's items, against serial. */
export interface ComparedMode extends Cell {
  /** Items in a second, at the median of the runs. */
  readonly itemsPerSecond: number;
  /** How many times less time it took than serial. */
  readonly ratio: number;
  /** The interval of that ratio; null if there are too few rounds for one, and for serial. */
  readonly interval: Ends | null;
  /** What the interval shows. */
  readonly verdict: "baseline" | "faster" | "slower" | "same" | "unclear";
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

/** One cell of a sweep over threads and tasks. */
export interface GridCell extends Pick<Cell, "threads" | "tasks"> {
  /** Items in a second, at the median of the runs. */
  readonly itemsPerSecond: number;
  /** How many times less time it took than serial. */
  readonly ratio: number;
  /** The interval of that ratio; null if there are too few rounds for one, and for serial. */
  readonly interval: Ends | null;
  /** What the interval shows. */
  readonly verdict: ComparedMode["verdict"];
  /** How late a timer fired in 99 % of all cases, in milliseconds. */
  readonly lagP99Ms: number | null;
  /** The times of its runs, by round, in milliseconds. */
  readonly samplesMs: readonly number[];
}

/** A sweep over threads and tasks. */
export interface Grid {
  /** The rows, ascending. */
  readonly threads: readonly number[];
  /** The columns, ascending: items that each thread runs at once. */
  readonly tasks: readonly number[];
  /** Row by row. */
  readonly cells: readonly GridCell[];
  /** The cell with the most items in a second. */
  readonly best: Pick<Cell, "threads" | "tasks">;
  /** How many others are not shown to be slower than the best one. */
  readonly asGood: number;
}

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

/** The saved advice of a comparison, for `run` to follow. */
export interface Plan {
  /** The version of this form. */
  readonly plan: 1;
  /** The job as it was named. */
  readonly job: string;
  /** SHA-256 of the job and of what it imports by relative paths; null for a built-in job. */
  readonly jobSha256: string | null;
  /** The processor that it was measured on. */
  readonly cpu: string;
  /** The cores that could be used. */
  readonly cores: number;
  /** Threads to use. */
  readonly threads: number;
  /** Items that each thread is to run at once. */
  readonly tasks: number;
  /** Why. */
  readonly reason: string;
}
