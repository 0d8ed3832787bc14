import type { Cell, Mode } from "./grid.ts";
import type { Ends } from "./interval.ts";

/** One reading: how long one round of an experiment took in one cell, from its first item to its last outcome. */
export interface Sample {
  /** The experiment's id. */
  readonly experiment: string;
  /** The mode that was measured. */
  readonly mode: Mode;
  /** The round, from 1. */
  readonly round: number;
  /** From the first item to the last outcome, in milliseconds. */
  readonly elapsedMs: number;
}

/** Summary of the samples of one cell. */
export interface Summary {
  /** The experiment's id. */
  readonly experiment: string;
  /** The cell that was measured. */
  readonly cell: Cell;
  /** The median of the samples, in milliseconds. */
  readonly medianMs: number;
  /** Items per second, at the median. */
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
  /** The ratio of each round. */
  readonly ratios: readonly number[];
}

/** The verdict on a claim, with its reason. */
export interface Verdict {
  /** The verdict itself. */
  readonly word: "holds" | "fails" | "unclear" | "skipped";
  /** Why, as the end of a sentence. */
  readonly reason: string;
}
