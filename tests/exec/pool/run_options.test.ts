import { assertEquals } from "@std/assert";
import { limitsOf } from "../../../lib/exec/pool/run_options.ts";
import { toldTuner } from "../tuning/told_tuner.ts";

Deno.test("run options: a run retries nothing, lets idle slots steal, and keeps places, unless it is told otherwise", () => {
  const limits = limitsOf({ ordered: true }, 3);
  assertEquals(limits, {
    ordered: true,
    retries: 0,
    steal: true,
    tasks: 3,
    batchMs: 25,
    windowItems: 262_144,
    windowBytes: 4_194_304,
    retryBudget: { first: 10, share: 0.2, most: 100 },
    restarts: 10,
    heldBackBy: undefined,
    keepsPlaces: true,
  });
  const given = { ordered: false, retries: 2, steal: false };
  assertEquals(limitsOf({ ...given, tuner: toldTuner({}) }, 3), { ...limits, ...given, keepsPlaces: false });
});
