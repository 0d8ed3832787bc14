import type { Comparison, Mode, Verdict } from "../model.ts";

/** A statement of one of the two texts, and how it is put to the test. */
export interface Claim {
  readonly id: string;
  readonly sentence: string;
  /** Which text says so. */
  readonly source: "article" | "book" | "article and book";
  /** What is measured and when it holds, for `tandem explain`. */
  readonly explanation: string;
  readonly experiment: "cpu" | "waiting" | "mixed";
  /** How many times faster is `mode` than `baseline`? */
  readonly baseline: Mode;
  readonly mode: Mode;
  /** The claim needs this many cores to make sense. */
  readonly cores: number;
  /** The claim holds where the effect lies on this side of `at`. */
  readonly holds: "above" | "below";
  readonly at: number;
}

/** Fewer rounds than this prove nothing: with 6, the range of all rounds misses the true median once in 32 (two-sided). */
export const enoughRounds = 6;

/** A claim holds or fails only if every round says so; anything else is unclear. */
export function judge(claim: Claim, effect: Comparison, usableCores: number): Verdict {
  const { lowest, highest, rounds } = effect;
  if (usableCores < claim.cores) {
    return { word: "skipped", reason: `needs ${claim.cores} cores, this machine lets us use ${usableCores}` };
  }
  if (rounds < enoughRounds) {
    return {
      word: "unclear",
      reason: `${rounds} round${rounds === 1 ? " is" : "s are"} too few to tell: --rounds ${enoughRounds} or more`,
    };
  }
  const limit = `${claim.at}×`;
  const [all, none] = claim.holds === "above"
    ? [lowest > claim.at, highest < claim.at]
    : [highest < claim.at, lowest > claim.at];
  if (all) return { word: "holds", reason: `all ${rounds} rounds are ${claim.holds} ${limit}` };
  if (none) return { word: "fails", reason: `no round is ${claim.holds} ${limit}` };
  return {
    word: "unclear",
    reason: `some rounds are above ${limit}, some below: more rounds or a quieter machine may tell`,
  };
}
