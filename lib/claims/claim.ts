import type { RoundLoad } from "../bench/contention.ts";
import type { ClaimSource, ComparedWork, Evidence, WorkAdvice } from "../model/claim.ts";
import type { Ends } from "../model/interval.ts";
import type { Unit } from "../model/quantity.ts";
import type { ClaimReason } from "../model/reason.ts";
import type { Experiment } from "./experiment.ts";

/** A statement from one of the two texts, how it is tested, and what `tandem explain` says of it. */
export interface Claim<M = unknown> {
  /** Its name on the command line. */
  readonly id: string;
  /** What it says, short, so that its row fits a terminal of 80 columns. */
  readonly sentence: string;
  /** Which text makes the statement. */
  readonly source: ClaimSource;
  readonly explained: Explained;
  readonly needs: Needs;
  /** The claims that it is tested with, if its judge tests paired rounds against a limit; null if it does not. */
  readonly family: Family | null;
  /** If it holds, this mode suits this kind of work. */
  readonly advises?: Pick<WorkAdvice, "work" | "mode">;
  /** What is measured; claims that share it judge the same run of it. */
  readonly experiment: Experiment<M>;
  /** Judges what was found: a pure function, numbers in, and a test of them with its evidence out. */
  judge(found: M, at: Place): Finding;
}

/**
 * Claims of one kind: whether work is faster in one way than in another, or what a single task or thread costs. Holm's correction
 * runs over each of them.
 */
export type Family = "modes" | "costs";

/** What a claim needs to make sense; without it, it is skipped. */
export interface Needs {
  /** Usable cores. */
  readonly cores: number;
  /** Cores that its work keeps busy: they have to be free, or the verdict is unclear. */
  readonly busyCores: number;
  /** Memory, in bytes. */
  readonly memoryBytes?: number;
}

/** What `tandem explain` says of a claim besides its sentence. */
export interface Explained {
  /** Where it stands: the text, and what it says there. */
  readonly stands: string;
  /** What is measured and how, and when the claim holds. */
  readonly measured: string;
  /** How to read the result. */
  readonly reading: string;
  /** What others report, each with its source. */
  readonly elsewhere: readonly { readonly says: string; readonly source: string }[];
  /** Some ten lines of TypeScript to repeat it by hand, with `deno run -A`. A test runs them as they stand. */
  readonly byHand: string;
}

/** Where a claim is judged. */
export interface Place {
  readonly cores: { readonly all: number; readonly usable: number };
}

/** What decides a claim. */
export type Test =
  /** Paired rounds: it holds if the ratio lies on this side of `at`. Above 1, the first side of each pair took longer. */
  | {
    readonly kind: "paired";
    readonly logRatios: readonly number[];
    readonly at: number;
    readonly holds: "above" | "below";
  }
  /** A number with its interval: it holds if the interval lies on this side of `at`. */
  | {
    readonly kind: "interval";
    readonly interval: Ends | null;
    readonly at: number;
    readonly unit: Unit;
    readonly holds: "above" | "below";
  }
  /** What was counted, or a fact: there is nothing to estimate. */
  | { readonly kind: "counted"; readonly holds: boolean }
  /** It cannot be decided. */
  | { readonly kind: "open"; readonly reason: ClaimReason };

/** What a judge makes of the numbers. */
export interface Finding {
  readonly test: Test;
  /** How many times better one side is; null if the claim is not about a ratio. */
  readonly effect: number | null;
  /** The interval of the effect. */
  readonly interval: Ends | null;
  readonly evidence: Evidence;
  /** The work that was run in all modes, if that is the experiment: its A/A control decides whether the claim can be judged. */
  readonly work?: ComparedWork;
  /** What all programs used in each round, where the experiment knows better than from step to step. */
  readonly loads?: readonly RoundLoad[];
}
