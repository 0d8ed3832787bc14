import { ClimbingTuner } from "./climbing_tuner.ts";
import type { Bounds } from "./bounds.ts";
import type { Tuner } from "./tuner.ts";
import { YieldingTuner } from "./yielding_tuner.ts";

/** Chooses the width of a run by what its items do, and gives way where they fail for it. */
export function autoTuner(bounds: Bounds): Tuner {
  return new YieldingTuner(new ClimbingTuner(bounds));
}
