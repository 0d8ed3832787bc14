import type { Sample } from "../model/claim.ts";
import type { Mode } from "../model/grid.ts";
import type { Ends } from "../model/interval.ts";
import type { Interval } from "../stats/interval.ts";
import { pairedLogRatios } from "../stats/ratio_estimate.ts";

/** One side of a comparison. */
export interface Side {
  readonly experiment: string;
  readonly mode: Mode;
}

/** The rounds in which both sides were measured, and the log ratio of each: above 0 if `other` took less time. */
export function pairedRounds(
  samples: readonly Sample[],
  baseline: Side,
  other: Side,
): { readonly rounds: readonly number[]; readonly logRatios: readonly number[] } {
  const base = byRound(samples, baseline);
  const others = byRound(samples, other);
  const rounds = [...base.keys()].filter((round) => others.has(round)); // the last one may be unfinished
  const blocks = (times: ReadonlyMap<number, number>) => rounds.map((round) => [times.get(round) ?? NaN]);
  return { rounds, logRatios: pairedLogRatios(blocks(base), blocks(others)) };
}

/** The time of each round, in milliseconds. */
export function byRound(samples: readonly Sample[], { experiment, mode }: Side): ReadonlyMap<number, number> {
  const own = samples.filter((sample) => sample.experiment === experiment && sample.mode === mode);
  return new Map(own.map(({ round, elapsedMs }) => [round, elapsedMs]));
}

/** The two ends of an interval; null if there is none. */
export function endsOf(interval: Interval): Ends | null {
  return interval.kind === "interval" ? [interval.low, interval.high] : null;
}
