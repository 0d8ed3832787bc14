import type { Comparison, Summary, Verdict } from "../model/claim.ts";
import type { Control } from "../model/comparison.ts";

/** One judged claim, as the document tells it. */
export interface JudgedClaim {
  readonly id: string;
  readonly sentence: string;
  readonly source: string;
  readonly effect: Comparison;
  readonly verdict: Verdict;
}

/** The result of `claims` in its JSON document. */
export function claimsResult(
  rows: readonly JudgedClaim[],
  control: Control,
  foreignCores: number,
  summaries: readonly Summary[],
) {
  const words = ["holds", "fails", "unclear", "skipped"] as const;
  const count = (word: string) => rows.filter(({ verdict }) => verdict.word === word).length;
  return {
    control,
    contention: { foreignCores },
    claims: rows.map(({ id, sentence, source, verdict, effect }) => ({
      id,
      sentence,
      source,
      verdict: verdict.word,
      reason: verdict.reason,
      effect: effect.ratio,
      interval: effect.interval,
      evidence: effect,
    })),
    counts: Object.fromEntries(words.map((word) => [word, count(word)])),
    modes: summaries,
  };
}
