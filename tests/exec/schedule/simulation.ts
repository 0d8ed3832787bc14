import type { Scheduler } from "../../../lib/exec/schedule/scheduler.ts";
import { World } from "./simulation/world.ts";

/** What goes wrong in the world of this seed; undefined if nothing does. `mutant`: what to replace in the scheduler. */
export function simulate(seed: number, mutant?: Partial<Scheduler>, trace?: string[]): Promise<string | undefined> {
  return new World(seed, mutant, trace).run();
}
