import type { Interval } from "./interval.ts";
import type { RatioEstimate } from "./ratio_estimate.ts";

/** The smallest difference worth reporting: a ratio between 1 / 1.02 and 1.02 is the same. */
export const margin = 1.02;

/** What an interval shows: it lies entirely above the margin, below it, or inside it. */
export type Difference = "faster" | "slower" | "same";

/** What a comparison shows, or why it shows nothing. */
export type ComparisonVerdict =
  | { readonly word: Difference }
  | { readonly word: "unclear"; readonly why: Unclear };

/** Why a comparison shows nothing. */
export type Unclear =
  | { readonly kind: "too-few-rounds"; readonly rounds: number; readonly needed: number }
  | { readonly kind: "control-failed" }
  | { readonly kind: "contended" }
  | { readonly kind: "no-difference" };

/** What else was seen while the comparison was measured. */
export interface Conditions {
  /** The A/A control of the same suite, from `controlFailed`. */
  readonly controlFailed: boolean;
  /** Other programs took cores that the comparison needs. */
  readonly contended: boolean;
}

/**
 * What the interval of a ratio shows; undefined if it crosses an edge of the margin, or if there is no interval. `edge`: the
 * smallest difference worth reporting, as a ratio above 1.
 */
export function difference(interval: Interval, edge: number = margin): Difference | undefined {
  if (interval.kind !== "interval") return undefined;
  const { low, high } = interval;
  if (low > edge) return "faster";
  if (high < 1 / edge) return "slower";
  return low >= 1 / edge && high <= edge ? "same" : undefined;
}

/** The verdict on a comparison. Doubts about the whole measurement take precedence over what the interval shows. */
export function comparisonVerdict(
  { interval }: Pick<RatioEstimate, "interval">,
  { controlFailed, contended }: Conditions,
): ComparisonVerdict {
  if (interval.kind !== "interval") {
    return unclear({ kind: "too-few-rounds", rounds: interval.found, needed: interval.needed });
  }
  if (controlFailed) return unclear({ kind: "control-failed" });
  if (contended) return unclear({ kind: "contended" });
  const word = difference(interval);
  return word === undefined ? unclear({ kind: "no-difference" }) : { word };
}

/**
 * An A/A control (one cell against itself) fails if it shows a difference beyond the margin. On a sound machine this happens
 * in less than 2.5 % of all cases as long as the noise of a round is below 10 %, and in up to 5 % if noise dwarfs the margin.
 * An interval that does not cover 1.00 is not a failure: one of 20 does not.
 */
export function controlFailed({ interval }: Pick<RatioEstimate, "interval">): boolean {
  const shown = difference(interval);
  return shown === "faster" || shown === "slower";
}

function unclear(why: Unclear): ComparisonVerdict {
  return { word: "unclear", why };
}
