import type { Cell, Comparison, Mode, Sample, Summary } from "../model.ts";
import { median } from "../stats/quantiles.ts";
import { pairedRatios } from "../stats/ratios.ts";
import type { Experiment } from "./experiment.ts";

/** Sums up the samples of each experiment and cell that has any. */
export function summarize(
  samples: readonly Sample[],
  experiments: readonly Experiment[],
  cells: readonly Cell[],
): Summary[] {
  return experiments.flatMap(({ id, items }) =>
    cells.map((cell) => {
      const samplesMs = samplesOf(samples, id, cell.mode);
      const medianMs = median(samplesMs);
      return { experiment: id, cell, medianMs, itemsPerSecond: items.length / (medianMs / 1000), samplesMs };
    }).filter(({ samplesMs }) => samplesMs.length > 0)
  );
}

/** How `mode` compares with `baseline` in one experiment; a pair is one round, so an unfinished round drops out. */
export function compare(samples: readonly Sample[], experiment: string, baseline: Mode, mode: Mode): Comparison {
  const base = byRound(samples, experiment, baseline);
  const other = byRound(samples, experiment, mode);
  const rounds = [...base.keys()].filter((round) => other.has(round));
  const of = (times: ReadonlyMap<number, number>) => rounds.map((round) => times.get(round) ?? NaN);
  return { experiment, baseline, mode, rounds: rounds.length, ...pairedRatios(of(base), of(other)) };
}

function samplesOf(samples: readonly Sample[], experiment: string, mode: Mode): number[] {
  return [...byRound(samples, experiment, mode).values()];
}

function byRound(samples: readonly Sample[], experiment: string, mode: Mode): Map<number, number> {
  const wanted = samples.filter((sample) => sample.experiment === experiment && sample.mode === mode);
  return new Map(wanted.map(({ round, elapsedMs }) => [round, elapsedMs]));
}
