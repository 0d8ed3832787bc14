import type { ComparedMode, Contention, Control } from "./comparison.ts";
import type { Mode } from "./grid.ts";
import type { Ends } from "./interval.ts";
import type { Advice, ClaimReason, Notice } from "./reason.ts";

/**
 * How many times faster a mode is than its baseline: the Hodges-Lehmann estimate from the ratios of the rounds, and its
 * 95 % interval. A pair is one round's run of each.
 */
export interface Comparison {
  /** The work's id. */
  readonly work: string;
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
  readonly verdict: "holds" | "fails" | "unclear" | "skipped";
  /** Why. */
  readonly reason: ClaimReason;
}

/** A claim, what was measured for it, and how it was judged. */
export interface JudgedClaim extends Verdict {
  /** The claim's name, as `tandem explain` takes it. */
  readonly id: string;
  /** What it says. */
  readonly sentence: string;
  /** Which text says so. */
  readonly source: string;
  /** The ratio of the evidence. */
  readonly effect: number;
  /** The interval of the effect. */
  readonly interval: Ends | null;
  /** The measurement behind the verdict. */
  readonly evidence: Comparison;
}

/** One kind of work in all modes, and which of them suits it. */
export interface ComparedWork {
  /** The work's id. */
  readonly work: string;
  /** What an item does. */
  readonly about: string;
  /** Items of a run. */
  readonly itemCount: number;
  /** The modes, serial first. */
  readonly modes: readonly ComparedMode[];
  /** Which mode to use for it. */
  readonly advice: Advice;
}

/** The claims with their verdicts, and all that was measured for them. */
export interface ClaimsResult {
  /** How many whole rounds were run. */
  readonly rounds: number;
  /** Serial against serial, over the first work. */
  readonly control: Control;
  /** What other programs used. */
  readonly contention: Contention;
  /** The claims, in the order of the report. */
  readonly claims: readonly JudgedClaim[];
  /** How many claims came to each verdict. */
  readonly counts: Readonly<Record<Verdict["verdict"], number>>;
  /** All that was measured. */
  readonly works: readonly ComparedWork[];
  /** What the reader should know about the measurement. */
  readonly notices: readonly Notice[];
}
