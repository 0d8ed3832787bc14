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
  /** The ends of the 95 % interval; null of too few rounds. */
  readonly interval: readonly [low: number, high: number] | null;
  /** How many rounds were compared. */
  readonly rounds: number;
  /** The ratio of each of them. */
  readonly ratios: readonly number[];
}

/** The A/A control of a suite: one cell against itself, measured as modes are. */
export interface Control {
  /** Close to 1 if all is well. */
  readonly ratio: number;
  /** The ends of its 95 % interval; null of too few rounds. */
  readonly interval: readonly [low: number, high: number] | null;
  /** It showed a difference beyond the margin, where there is none: nothing measured beside it can be trusted. */
  readonly failed: boolean;
}

/** What a claim came to, with its reason. */
export interface Verdict {
  /** The verdict itself. */
  readonly word: "holds" | "fails" | "unclear" | "skipped";
  /** Why, as a sentence's end. */
  readonly reason: string;
}
