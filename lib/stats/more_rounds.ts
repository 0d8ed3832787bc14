import { normalQuantile } from "./normal.ts";

/** How much farther than the half of a 95 % interval its centre must be from an edge, so that this share of intervals misses it. */
const clearance = (share: number) => 1 + normalQuantile(share) / normalQuantile(0.975);

/** Four of five intervals miss the edge that they must miss; of two edges each, so that four of five miss both. */
const [ofOne, ofTwo] = [clearance(0.8), clearance(0.9)];

/**
 * How many times as many rounds would show, in 4 of 5 comparisons, on which side of the margin a ratio lies, or that it lies within:
 * if the estimate is right, and because the width of an interval falls with the square root of the rounds (sample sizes for tests of
 * superiority and of equivalence: Julious 2004, "Sample sizes for clinical trials with Normal data"). 1 if the interval shows it
 * already; Infinity where the ratio lies on an edge. `within`: the margin, as a ratio of 1 or more.
 */
export function moreRounds(ratio: number, [low, high]: readonly [number, number], within: number): number {
  const edge = Math.log(within);
  const centre = Math.log(ratio);
  const [below, above] = [centre - Math.log(low), Math.log(high) - centre];
  if (Math.abs(centre) > edge) return needed((centre > 0 ? below : above) / (Math.abs(centre) - edge), ofOne);
  return needed(Math.max(above / (edge - centre), below / (centre + edge)), ofTwo);
}

/** How many times as many, where a half of the interval is so many times the distance to the edge. */
function needed(times: number, clear: number): number {
  return times < 1 ? 1 : (clear * times) ** 2;
}
