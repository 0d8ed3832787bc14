import { testBasics } from "./host/basics.ts";
import { testFailures } from "./host/failures.ts";
import { testGenerators } from "./host/generators.ts";
import { testGlobals } from "./host/globals.ts";
import { testHostile } from "./host/hostile.ts";
import { testLateErrors } from "./host/late_errors.ts";
import { testLimits } from "./host/limits.ts";
import { testProbes } from "./host/probes.ts";
import { type MakeHost, Stage } from "./host/stage.ts";

export type { MakeHost };

/**
 * What every slot host must do. It looks at a slot only through items, values, files and a socket, so that a slot may be
 * a thread of this process or another process.
 */
export function testHost(name: string, makeHost: MakeHost): void {
  const stage = new Stage(name, makeHost);
  testBasics(stage);
  testFailures(stage);
  testGenerators(stage);
  testHostile(stage);
  testLateErrors(stage);
  testLimits(stage);
  testGlobals(stage);
  testProbes(stage);
}
