import type { Runtime } from "./abilities.ts";
import { testBasics } from "./basics.ts";
import { testFailures } from "./failures.ts";
import { testGenerators } from "./generators.ts";
import { testGlobals } from "./globals.ts";
import { testAbilities } from "./host_abilities.ts";
import { testHostile } from "./hostile.ts";
import { testLateErrors } from "./uncaught.ts";
import { testLimits } from "./limits.ts";
import { testProbes } from "./probes.ts";
import { type MakeHost, Stage } from "./stage.ts";
import { testWorld } from "./world.ts";

export type { MakeHost };

/**
 * What every slot host must do. It looks at a slot only through items, values, files and a socket, so that a slot may be
 * a thread of this process or another process.
 */
export function testHost(name: string, makeHost: MakeHost, runtime: Runtime = "deno"): void {
  const stage = new Stage(name, makeHost, runtime);
  testAbilities(stage);
  testBasics(stage);
  testFailures(stage);
  testGenerators(stage);
  testHostile(stage);
  testLateErrors(stage);
  testLimits(stage);
  testGlobals(stage);
  testProbes(stage);
  testWorld(stage);
}
