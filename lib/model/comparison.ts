import type { Cell, ChangeVerdict, ModeVerdict } from "./grid.ts";
import type { Ends } from "./interval.ts";
import type { CellMetrics, ModeRun } from "./metrics.ts";
import type { Plan } from "./plan.ts";
import type { Advice, Notice, Reason } from "./reason.ts";
import type { RuntimeName } from "./runtime.ts";

/** The results of one cell over its items, compared with serial. */
export interface ComparedMode extends Cell, CellMetrics {
  /** How many times faster it is than serial. */
  readonly ratio: number;
  /** The interval of the ratio; null for serial, and if there are too few rounds. */
  readonly interval: Ends | null;
  /** What the interval shows. */
  readonly verdict: ModeVerdict;
  /** Why it is unclear; null if it is not. */
  readonly reason: Reason | null;
  /** All runs, by round. */
  readonly samples: readonly ModeRun[];
}

/** How one mode of a job changed from an old job to a new one. */
export interface ModeChange extends Cell {
  /** How many times faster the new job is than the old one in this mode: below 1, it is slower. */
  readonly ratio: number;
  /** The interval of the ratio; null if there are too few rounds. */
  readonly interval: Ends | null;
  /** What the interval shows. */
  readonly verdict: ChangeVerdict;
  /** Why it is unclear; null if it is not. */
  readonly reason: Reason | null;
  /** How the old job did, compared with the first of its own modes. */
  readonly old: ComparedMode;
}

/** The A/A control, serial against serial: it should show no difference. */
export interface Control {
  /** The ratio of the two times. */
  readonly ratio: number;
  /** Its interval; null if there are too few rounds for one. */
  readonly interval: Ends | null;
  /** The second set of serial runs, by round. */
  readonly samples: readonly ModeRun[];
  /** It shows a difference: the measurement cannot be trusted. */
  readonly failed: boolean;
}

/** What other programs used of the machine during the measurement. */
export interface Contention {
  /** How many cores other programs kept busy, on average; null if the system does not tell. */
  readonly foreignCores: number | null;
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

/** A sweep over threads and tasks. */
export interface Grid {
  /** The rows, ascending. */
  readonly threads: readonly number[];
  /** The columns, ascending: items that each thread runs at once. */
  readonly tasks: readonly number[];
  /** Row by row. */
  readonly cells: readonly ComparedMode[];
  /** The cell with the most items per second. */
  readonly best: Pick<Cell, "threads" | "tasks">;
  /** How many other cells are not shown to be slower than the best one. */
  readonly asGood: number;
}

/** The result of comparing the modes over a user's items. */
export interface JobComparison extends OwnCost {
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
  /**
   * How many items were taken, from the first on, if none runs twice; null otherwise. Each has run once, but for those of a run
   * that was cut off: some of them may not have run.
   */
  readonly itemsUsed: number | null;
  /** True: all modes gave the same outputs; null if they were not compared. */
  readonly outputsEqual: true | null;
  /** SHA-256 of the outputs; null if they were not compared. */
  readonly digest: string | null;
  /** Serial against serial. */
  readonly control: Control;
  /** What other programs used. */
  readonly contention: Contention;
  /** The modes, serial first; with an old job, some of them, and the first one is the baseline. */
  readonly modes: readonly ComparedMode[];
  /** How the job changed in each of these modes, where an old one ran in the same rounds. */
  readonly changes?: readonly ModeChange[];
  /** What an item goes through in serial. */
  readonly phases: Phases;
  /**
   * How long an item that waits like these must compute before threads take less time than tasks, in milliseconds; null if
   * unknown.
   */
  readonly breakEvenMs: number | null;
  /** The sweep over threads and tasks; null if there was none. */
  readonly grid: Grid | null;
  /** What the reader should know about the measurement. */
  readonly notices: readonly Notice[];
  /** What to use. */
  readonly advice: Advice;
}

/** A runtime that a job was compared in. */
export interface ComparedRuntime extends RuntimeName {
  /** Its path as `--runtimes` or `--deno` has it; its name if it is the one on the PATH, or tandem's own. */
  readonly program: string;
}

/** The old job that ran in the same rounds, or the same job in another runtime. */
export interface Against {
  /** The old job, as the user named it. */
  readonly job: string;
  /** SHA-256 of the old job and of the modules that it imports by relative paths, or of a built-in job's name. */
  readonly jobSha256: string;
  /** The commit that it was taken from, and how the user named that; null if it was not taken from git. */
  readonly git: { readonly ref: string; readonly commit: string } | null;
  /** The smallest change worth reporting, as a share: 0.02. */
  readonly margin: number;
  /** The runtimes, where the old job is the same one in another runtime; absent where there are two jobs. */
  readonly runtimes?: { readonly old: ComparedRuntime; readonly now: ComparedRuntime };
}

/** The result of `compare` in its document: the comparison, and what came of it. */
export interface CompareResult extends JobComparison {
  /** The old job; absent if there was none. */
  readonly against?: Against;
  /** The command line that runs the job as advised; null without advice, and if no item is left that may run. */
  readonly next: string | null;
  /** The advice as a plan that `run` can follow; null without advice. */
  readonly plan: Plan | null;
  /** The file that the plan was saved to, as it was named; null if none was saved. */
  readonly savedPlan: string | null;
}
