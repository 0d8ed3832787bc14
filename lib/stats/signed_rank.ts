import { normalBelow, normalQuantile } from "./normal.ts";

/** Up to this many differences the distribution is exact (2^50 sign patterns fit a double). Beyond, it is close to normal. */
const exactUpTo = 50;

/** P(T <= t) at index t, for Wilcoxon's T of 1..n without ties. Computed once for each n. */
const distributions = new Map<number, Float64Array>();

/**
 * The two-sided p-value of Wilcoxon's signed-rank test that `differences` are symmetric about 0. Zeros are dropped, ties get
 * the middle of their ranks, and the p-value is exact for these ranks: every sign is a fair coin (Wilcoxon 1945; Hollander,
 * Wolfe and Chicken 2014, "Nonparametric Statistical Methods", 3.1 and its comment on ties; R's coin package,
 * `wilcoxsign_test(distribution = "exact")`). Beyond 50 differences it is normal, corrected for ties and continuity. 1 if
 * there are no differences.
 */
export function signedRankP(differences: readonly number[]): number {
  const moved = differences.filter((difference) => difference !== 0);
  const ranks = doubledRanks(moved.map(Math.abs));
  const total = sum(ranks);
  const positive = sum(ranks.filter((_, i) => moved[i] > 0));
  const smaller = Math.min(positive, total - positive);
  if (moved.length <= exactUpTo) return Math.min(1, 2 * cumulative(ranks)[smaller]);
  const deviation = Math.sqrt(sum(ranks.map((rank) => rank * rank))) / 2;
  return Math.min(1, 2 * normalBelow((smaller + 1 - total / 2) / deviation)); // a step of T is 2 in doubled ranks
}

/**
 * The minimum number of differences that can have a p-value of `p` or less: with n differences of the same sign it is
 * 2^(1-n). With Holm's method over `m` claims the first one needs `minValues(0.05 / m)` rounds: 6 for one, 9 for eight.
 */
export function minValues(p: number): number {
  return Math.ceil(1 - Math.log2(p));
}

/** Where an interval ends among the sorted Walsh averages of `n` values. */
export interface CriticalPlace {
  /** How many averages are cut off at each end; the fraction interpolates towards one more. */
  readonly cut: number;
  /** The level of the interval if one more average is cut off instead of the fraction: a lower bound. */
  readonly atLeast: number;
  /** The level of the interval if only the whole part is cut off. */
  readonly exact: number;
}

/**
 * How many Walsh averages an interval of this level may cut off at each end: the `t` with 2 P(T <= t) = 1 - level,
 * interpolated between whole numbers. Undefined if even the whole range has a lower level: n < 6 at 95 %.
 */
export function criticalPlace(n: number, level: number): CriticalPlace | undefined {
  const miss = 1 - level;
  if (n > exactUpTo) {
    const deviation = Math.sqrt(n * (n + 1) * (2 * n + 1) / 24);
    const cut = n * (n + 1) / 4 + normalQuantile(miss / 2) * deviation - 0.5;
    return { cut, atLeast: level, exact: level };
  }
  const below = distribution(n);
  let cut = 0;
  while (2 * below[cut] <= miss) cut++;
  if (cut === 0) return undefined;
  const [within, over] = [2 * below[cut - 1], 2 * below[cut]];
  return { cut: cut - 1 + (miss - within) / (over - within), atLeast: 1 - over, exact: 1 - within };
}

function distribution(n: number): Float64Array {
  const known = distributions.get(n) ?? cumulative(Array.from({ length: n }, (_, i) => i + 1));
  distributions.set(n, known);
  return known;
}

/** P(sum <= s) at index s, where a fair coin decides for each weight (a whole number) whether it counts. */
function cumulative(weights: readonly number[]): Float64Array {
  const chance = new Float64Array(sum(weights) + 1);
  chance[0] = 1;
  let reached = 0;
  for (const weight of weights) {
    reached += weight;
    for (let s = reached; s >= 0; s--) chance[s] = (chance[s] + (s < weight ? 0 : chance[s - weight])) / 2;
  }
  for (let s = 1; s < chance.length; s++) chance[s] += chance[s - 1];
  return chance;
}

/** Twice each value's rank (from 1), so that the middle rank of a tie is a whole number too. */
function doubledRanks(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  const first = new Map<number, number>();
  const count = new Map<number, number>();
  sorted.forEach((value, i) => {
    if (!first.has(value)) first.set(value, i + 1);
    count.set(value, (count.get(value) ?? 0) + 1);
  });
  return values.map((value) => 2 * (first.get(value) ?? NaN) + (count.get(value) ?? NaN) - 1);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
