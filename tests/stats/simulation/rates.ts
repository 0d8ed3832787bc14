import { estimateEarly, mayStop } from "../../../lib/stats/early_stop.ts";
import type { Interval } from "../../../lib/stats/interval.ts";
import { seededRandom } from "../../../lib/stats/random.ts";
import { estimateRatio } from "../../../lib/stats/ratio_estimate.ts";
import { difference } from "../../../lib/stats/verdict.ts";
import { type Procedure, type Session, shuffledRounds } from "./procedure.ts";

/** How sessions are measured and judged: the tool's way, or a mutant's. */
export interface Method {
  readonly measure: Procedure;
  /** Whether the rounds so far, as log ratios of each comparison, are enough. Asked after each round. */
  enough(comparisons: readonly (readonly number[])[]): boolean;
  /** The interval of one comparison's ratio. */
  interval(logRatios: readonly number[], early: boolean): Interval;
}

/** A fixed number of rounds. */
export const fixedRounds: Method = {
  measure: shuffledRounds,
  enough: () => false,
  interval: (logRatios) => estimateRatio(logRatios).interval,
};

/** At most `rounds` rounds: they end early if all comparisons are decided at 3 deviations. */
export const earlyStop: Method = {
  measure: shuffledRounds,
  enough: (comparisons) =>
    mayStop(comparisons.map((logRatios) => ({ logRatios, decided: (i) => difference(i) !== undefined }))),
  interval: (logRatios, early) => (early ? estimateEarly(logRatios) : estimateRatio(logRatios)).interval,
};

/** What is simulated, and how often. */
export interface Trial extends Omit<Session, "random"> {
  readonly method: Method;
  readonly sessions: number;
  /** How many of a session's three comparisons count. A single comparison stops earlier. */
  readonly comparisons: number;
}

/** The results, as shares of all comparisons. */
export interface Rates {
  /** Intervals that miss the true ratio: false positives if it is 1. */
  readonly missed: number;
  readonly faster: number;
  readonly slower: number;
  readonly same: number;
  /** Rounds of a session, on average. */
  readonly rounds: number;
}

/** Simulates sessions: the same sessions for the same true ratio. */
export function simulate(trial: Trial): Rates {
  const { method, truth, sessions } = trial;
  const random = seededRandom(Math.round(1000 * truth));
  const counts = { missed: 0, faster: 0, slower: 0, same: 0, rounds: 0 };
  for (let i = 0; i < sessions; i++) {
    const measured = method.measure({ ...trial, random }).slice(0, trial.comparisons);
    const all = measured[0].length;
    const rounds = firstLook(measured, method);
    counts.rounds += rounds * trial.comparisons;
    for (const logRatios of measured) {
      const interval = method.interval(logRatios.slice(0, rounds), rounds < all);
      if (misses(interval, truth)) counts.missed++;
      const shown = difference(interval);
      if (shown !== undefined) counts[shown]++;
    }
  }
  const share = (count: number) => count / (sessions * trial.comparisons);
  return {
    missed: share(counts.missed),
    faster: share(counts.faster),
    slower: share(counts.slower),
    same: share(counts.same),
    rounds: share(counts.rounds),
  };
}

/** Whether an interval does not cover the true ratio. */
export function misses(interval: Interval, ratio: number): boolean {
  return interval.kind === "interval" && (interval.low > ratio || interval.high < ratio);
}

function firstLook(comparisons: readonly (readonly number[])[], { enough }: Method): number {
  const most = comparisons[0].length;
  for (let round = 6; round < most; round++) {
    if (enough(comparisons.map((logRatios) => logRatios.slice(0, round)))) return round;
  }
  return most;
}
