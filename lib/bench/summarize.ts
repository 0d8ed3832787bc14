import type { Comparison, Sample, Summary } from "../model/claim.ts";
import type { Cell, Mode } from "../model/grid.ts";
import { median } from "../stats/quantiles.ts";
import { estimateRatio } from "../stats/ratio_estimate.ts";
import type { Experiment } from "./experiment.ts";
import { byRound, endsOf, pairedRounds } from "./pairs.ts";

/** Summarizes the samples of each experiment and cell that has any. */
export function summarize(
  samples: readonly Sample[],
  experiments: readonly Experiment[],
  cells: readonly Cell[],
): Summary[] {
  return experiments.flatMap(({ id, items }) =>
    cells.map((cell) => {
      const samplesMs = [...byRound(samples, { experiment: id, mode: cell.mode }).values()];
      const medianMs = median(samplesMs);
      return { experiment: id, cell, medianMs, itemsPerSecond: items.length / (medianMs / 1000), samplesMs };
    }).filter(({ samplesMs }) => samplesMs.length > 0)
  );
}

/** How `mode` compares with `baseline` in one experiment; a pair is one round. */
export function compareSamples(samples: readonly Sample[], experiment: string, baseline: Mode, mode: Mode): Comparison {
  const { logRatios } = pairedRounds(samples, { experiment, mode: baseline }, { experiment, mode });
  const { ratio, interval, rounds } = estimateRatio(logRatios);
  return { experiment, baseline, mode, ratio, interval: endsOf(interval), rounds, ratios: logRatios.map(Math.exp) };
}
