import { ClimbingTuner } from "./climbing_tuner.ts";
import type { Bounds } from "./bounds.ts";
import type { LatencyCeiling } from "./latency_ceiling.ts";
import type { Tuner } from "./tuner.ts";
import { YieldingTuner } from "./yielding_tuner.ts";

/** Chooses the width of a run by what its items do, and gives way where they fail for it, or take longer than `latency` allows. */
export function autoTuner(bounds: Bounds, latency?: LatencyCeiling): Tuner {
  return new YieldingTuner(new ClimbingTuner(bounds), latency);
}
