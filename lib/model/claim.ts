import type { ComparedMode, Contention, Control } from "./comparison.ts";
import type { Effort } from "./effort.ts";
import type { Mode } from "./grid.ts";
import type { Ends } from "./interval.ts";
import type { Quantity } from "./quantity.ts";
import type { Advice, ClaimReason, Notice } from "./reason.ts";

/** What was measured for a claim. */
export interface Evidence {
  /** What tasks show; null: it is not about them. */
  readonly tasks: Quantity | null;
  /** What threads show; null: it is not about them. */
  readonly threads: Quantity | null;
  /** The evidence in one sentence; `{name}` stands for the quantity of that name. */
  readonly says: string;
  /** The numbers of the sentence. */
  readonly quantities: Readonly<Record<string, Quantity>>;
  /** What was read, before any arithmetic: series of numbers by name, which ends in their unit. */
  readonly samples: Readonly<Record<string, readonly number[]>>;
}

/** The verdict on a claim, with its reason. */
export interface Verdict {
  /** The verdict itself. */
  readonly verdict: "holds" | "fails" | "unclear" | "skipped";
  /** Why. */
  readonly reason: ClaimReason;
}

/** Which of the two texts makes a claim. */
export type ClaimSource = "article" | "book" | "article and book";

/** A claim, what was measured for it, and how it was judged. */
export interface JudgedClaim extends Verdict {
  /** The claim's name, as `tandem explain` takes it. */
  readonly id: string;
  /** What it says. */
  readonly sentence: string;
  /** Which text says so. */
  readonly source: ClaimSource;
  /** How many times better one side is than the other; null if the claim is not about a ratio, or it was skipped. */
  readonly effect: number | null;
  /** The interval of the effect; null if there is none. */
  readonly interval: Ends | null;
  /** The measurement behind the verdict; null if the claim was skipped before it. */
  readonly evidence: Evidence | null;
}

/** One kind of work in all modes, and which of them suits it. */
export interface ComparedWork {
  /** The work's id. */
  readonly work: string;
  /** What an item does. */
  readonly about: string;
  /** Items of a run. */
  readonly itemCount: number;
  /** How many whole rounds were run. */
  readonly rounds: number;
  /** Serial against serial. */
  readonly control: Control;
  /** What other programs used. */
  readonly contention: Contention;
  /** The modes, serial first. */
  readonly modes: readonly ComparedMode[];
  /** Which mode to use for it. */
  readonly advice: Advice;
  /** What the reader should know about its measurement. */
  readonly notices: readonly Notice[];
}

/** The kinds of work that the advice at the end is about. */
export type AdvisedWork = "waiting" | "computing" | "mixed";

/** A mode to use for one kind of work, because a claim holds. */
export interface WorkAdvice {
  readonly work: AdvisedWork;
  readonly mode: Exclude<Mode, "serial">;
  /** The claim that it rests on. */
  readonly claim: string;
  /** The claim's effect: how many times faster the mode is than the other one. */
  readonly ratio: number;
}

/** What the verdicts recommend. */
export interface ClaimsAdvice {
  /** One mode for each kind of work of which a claim says so. */
  readonly uses: readonly WorkAdvice[];
  /** How long an item must compute before threads beat tasks, and how long it waits besides; null if it was not measured. */
  readonly breakEven: { readonly computing: Quantity; readonly waiting: Quantity } | null;
}

/** The claims with their verdicts, and all that was measured for them. */
export interface ClaimsResult {
  /** How much was measured. */
  readonly effort: Effort;
  /** Serial against serial, over the first kind of work; null if no work was run. */
  readonly control: Control | null;
  /** The claims, in the order in which they were settled. */
  readonly claims: readonly JudgedClaim[];
  /** How many claims came to each verdict. */
  readonly counts: Readonly<Record<Verdict["verdict"], number>>;
  /** The kinds of work that were run in all modes. */
  readonly works: readonly ComparedWork[];
  /** What to use. */
  readonly advice: ClaimsAdvice;
}
