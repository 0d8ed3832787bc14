import type { ComparedMode, Control } from "../../../model/comparison.ts";
import { modeName } from "../../../model/grid.ts";
import type { ModeRun } from "../../../model/metrics.ts";
import type { Strip } from "../charts/strip.ts";

/** How long each run of each mode took; serial once more is the control. */
export function modeStrips(modes: readonly ComparedMode[], control: Control): Strip[] {
  const strips = modes.map((mode) => ({ label: modeName(mode), values: timesOf(mode.samples), color: mode.mode }));
  const again = { label: "serial again (A/A control)", values: timesOf(control.samples), color: "serial" };
  return [...strips.slice(0, 1), again, ...strips.slice(1)].filter(({ values }) => values.length > 0);
}

/** How long the runs took. Warm-up rounds are left out. */
export function timesOf(samples: readonly ModeRun[]): number[] {
  return samples.flatMap(({ round, elapsedMs }) => round > 0 ? [elapsedMs] : []);
}
