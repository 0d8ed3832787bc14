import { interpolatedInterval, pseudomedian, walshAverages } from "../stats/hodges_lehmann.ts";
import { median, sum } from "../stats/quantiles.ts";
import type { Ends } from "./interval.ts";

/** What some numbers say together, in their unit. */
export interface SampleSummary {
  readonly mean: number;
  /** The standard deviation of a sample (n - 1); null for one number. */
  readonly stddev: number | null;
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** A summary of one number or more. */
export function summaryOf(values: readonly number[]): SampleSummary {
  const mean = sum(values) / values.length;
  const squares = sum(values.map((value) => (value - mean) ** 2));
  return {
    mean,
    stddev: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1)),
    median: median(values),
    min: Math.min(...values),
    max: Math.max(...values),
  };
}

/** Where the centre of some numbers lies: the Hodges-Lehmann estimate, and its 95 % interval; null with fewer than 6. */
export function centreOf(values: readonly number[]): { readonly value: number; readonly interval: Ends | null } {
  const walsh = walshAverages(values);
  const interval = interpolatedInterval(walsh, 0.95);
  return { value: pseudomedian(walsh), interval: interval.kind === "interval" ? [interval.low, interval.high] : null };
}
