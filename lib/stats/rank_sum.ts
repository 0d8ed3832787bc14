import { atPlace, quantileOfSorted } from "./quantiles.ts";
import { normalQuantile } from "./normal.ts";
import type { Interval } from "./interval.ts";
import { ofRatio } from "./ratio_estimate.ts";

/** Up to this many values on each side the distribution is exact. Beyond, it is close to normal. */
const exactUpTo = 50;

/** How far the values of one sample lie above those of an independent one. */
export interface Shift {
  /** The Hodges-Lehmann estimate: the median of all differences between a value of one and a value of the other. */
  readonly shift: number;
  readonly interval: Interval;
}

/**
 * The shift from `before` to `after`, two independent samples, with the interval that belongs to the rank-sum test of Wilcoxon,
 * Mann and Whitney (Moses; Hollander, Wolfe and Chicken 2014, "Nonparametric Statistical Methods", 4.3; R's
 * `wilcox.test(conf.int = TRUE)`). It assumes the same noise on both sides, of any distribution. Its level is `level`, or the
 * next higher one that so many values allow.
 */
export function shiftBetween(before: readonly number[], after: readonly number[], level = 0.95): Shift {
  const differences = new Float64Array(before.length * after.length);
  let next = 0;
  for (const later of after) for (const earlier of before) differences[next++] = later - earlier;
  differences.sort();
  return {
    shift: quantileOfSorted(differences, 0.5),
    interval: intervalIn(differences, [before.length, after.length], level),
  };
}

function intervalIn(differences: Float64Array, [n, m]: readonly [number, number], level: number): Interval {
  const miss = 1 - level;
  if (n > exactUpTo || m > exactUpTo) {
    const deviation = Math.sqrt(n * m * (n + m + 1) / 12);
    const cut = Math.floor(n * m / 2 + normalQuantile(miss / 2) * deviation - 0.5);
    return { ...between(differences, cut), level };
  }
  const below = cumulativeU(n, m);
  let cut = 0;
  while (2 * below[cut] <= miss) cut++;
  if (cut === 0) return { kind: "too few", found: Math.min(n, m), needed: minRounds(miss) };
  return { ...between(differences, cut - 1), level: 1 - 2 * below[cut - 1] };
}

function between(differences: Float64Array, cut: number) {
  const last = differences.length - 1;
  return { kind: "interval", low: atPlace(differences, cut), high: atPlace(differences, last - cut) } as const;
}

/** How many values each side needs for an interval that misses so often: with n on both, the whole range misses in 2 / C(2n, n). */
function minRounds(miss: number): number {
  let [n, ways] = [0, 1];
  while (2 / ways > miss) {
    n++;
    ways = ways * (2 * n - 1) * 2 / n;
  }
  return n;
}

/**
 * P(U <= u) at index u: U counts the pairs in which a value of one sample lies above one of the other, if both have the same
 * distribution. The number of ways to have U = u among n and m values: those whose highest value is of the first sample, which
 * lies above all m, and those whose highest is of the second.
 */
function cumulativeU(n: number, m: number): Float64Array {
  let ways: Float64Array[] = Array.from({ length: m + 1 }, () => Float64Array.of(1));
  for (let i = 1; i <= n; i++) {
    const row = [Float64Array.of(1)];
    for (let j = 1; j <= m; j++) {
      const both = new Float64Array(i * j + 1);
      const [share, rest] = [i / (i + j), j / (i + j)]; // chances instead of numbers of ways, which pass 2^53
      ways[j].forEach((chance, u) => both[u + j] += share * chance);
      row[j - 1].forEach((chance, u) => both[u] += rest * chance);
      row.push(both);
    }
    ways = row;
  }
  const chance = ways[m];
  for (let u = 1; u < chance.length; u++) chance[u] += chance[u - 1];
  return chance;
}

/** How many times as much `after` is as `before`, two independent samples of numbers above 0, with the 95 % interval. */
export function ratioBetween(
  before: readonly number[],
  after: readonly number[],
): { readonly ratio: number; readonly interval: Interval } {
  const { shift, interval } = shiftBetween(before.map(Math.log), after.map(Math.log));
  return { ratio: Math.exp(shift), interval: ofRatio(interval) };
}
