import { estimateRatio } from "../../../lib/stats/ratio_estimate.ts";
import type { NoiseKind } from "./noise.ts";
import { pooledIterations, sequentialModes } from "./procedure.ts";
import { earlyStop, fixedRounds, type Method, misses } from "./rates.ts";

/** A plausible wrong way to measure, and the conditions under which the demands must catch it. */
export interface Mutant {
  readonly name: string;
  readonly method: Method;
  readonly noise: NoiseKind;
  readonly rounds: number;
  /** The demand that it fails. */
  readonly fails: RegExp;
}

export const mutants: readonly Mutant[] = [
  {
    name: "all rounds of one mode, then of the next, while the machine slows",
    method: { ...fixedRounds, measure: sequentialModes },
    noise: "drift",
    rounds: 12,
    fails: /false positives (9\d|100)\..*faster or slower [89]\d\./s,
  },
  {
    name: "all rounds of one mode, then of the next, on a cold machine",
    method: { ...fixedRounds, measure: sequentialModes },
    noise: "warm-up",
    rounds: 12,
    fails: /false positives (9\d|100)\..*faster or slower (9\d|100)\./s,
  },
  {
    name: "iterations pooled, as if each were a round, where threads differ",
    method: { ...fixedRounds, measure: pooledIterations },
    noise: "block effect",
    rounds: 12,
    fails: /false positives [2-5]\d\..*faster or slower/s,
  },
  {
    name: "stopping as soon as a 95 % interval excludes 1.00",
    method: {
      ...fixedRounds,
      enough: (comparisons) => comparisons.some((logRatios) => misses(estimateRatio(logRatios).interval, 1)),
    },
    noise: "normal",
    rounds: 30,
    fails: /false positives [1-3]\d\./,
  },
  {
    name: "the usual interval after an early stop",
    method: { ...earlyStop, interval: (logRatios) => estimateRatio(logRatios).interval },
    noise: "outliers",
    rounds: 30,
    fails: /coverage 9[12]\./,
  },
];
