import type { Sample } from "../model/claim.ts";
import type { Control } from "../model/comparison.ts";
import { controlFailed } from "../stats/verdict.ts";
import { estimateRatio } from "../stats/ratio_estimate.ts";
import { endsOf, pairedRounds } from "./pairs.ts";
import type { Experiment } from "./experiment.ts";

/** The A/A control of a suite: its first experiment under this id, measured in serial once more in each round. */
export function controlOf([first]: readonly Experiment[]): Experiment {
  return { ...first, id: "control" };
}

/** The result of the control: the first experiment's serial runs against a second set of the same runs. */
export function summarizeControl(samples: readonly Sample[], [first]: readonly Experiment[]): Control {
  const side = { experiment: first.id, mode: "serial" } as const;
  const { logRatios } = pairedRounds(samples, side, { ...side, experiment: "control" });
  const estimate = estimateRatio(logRatios);
  return { ratio: estimate.ratio, interval: endsOf(estimate.interval), failed: controlFailed(estimate) };
}
