import type { ComparedMode, Control } from "../../../model/comparison.ts";
import { modeName } from "../../../model/grid.ts";
import { countedRuns, type ModeRun } from "../../../model/metrics.ts";
import type { Strip } from "../charts/strip.ts";

/** How long each run of each mode took; serial once more is the control. */
export function modeStrips(modes: readonly ComparedMode[], control: Control): Strip[] {
  const strips = modes.map((mode) => ({ label: modeName(mode), values: timesOf(mode), color: mode.mode }));
  const again = { label: "serial again (A/A control)", values: timesOf(control), color: "serial" };
  return [...strips.slice(0, 1), again, ...strips.slice(1)].filter(({ values }) => values.length > 0);
}

/** How long the runs of a cell took. Warm-up rounds are left out. */
export function timesOf(cell: { readonly samples: readonly ModeRun[] }): number[] {
  return countedRuns(cell).map(({ elapsedMs }) => elapsedMs);
}
