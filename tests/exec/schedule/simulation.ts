import { step, wantsInput } from "../../../lib/exec/schedule/scheduler.ts";
import { Violation } from "./simulation/ledger.ts";
import { type Scheduler, World } from "./simulation/world.ts";

export const real: Scheduler = { step, wantsInput };

/** What goes wrong in the world of this seed; undefined if nothing does. */
export function simulate(seed: number, scheduler: Scheduler = real, trace?: string[]): string | undefined {
  try {
    new World(seed, scheduler, trace).run();
  } catch (error) {
    if (!(error instanceof Violation)) throw error;
    trace?.push(error.message);
    return error.message;
  }
}
