import type { Claim, Finding, Test } from "../../lib/claims/claim.ts";
import type { Experiment, Lab } from "../../lib/claims/experiment.ts";
import type { FakeMachine } from "../bench/fake_machine.ts";
import { virtualClock } from "../virtual_clock.ts";

/** A machine for experiments that are made up: it has no slots, and other programs keep so many cores busy. */
export function machineWithoutSlots(foreignCores = 0): FakeMachine {
  const clock = virtualClock();
  const readLoad = () => ({
    busyMs: foreignCores * clock.now(),
    ownMs: 0,
    mainMs: 0,
    voluntarySwitches: 0,
    involuntarySwitches: 0,
  });
  return { clock, meter: { readLoad, rssBytes: () => 1e6 }, host: () => raise("it has no slots") };
}

function raise(message: string): never {
  throw new Error(message);
}

/** An experiment that takes so long on the clock it is given, in steps of a tenth of that. */
export function madeUp(planned: number, takes = planned, onRun?: (lab: Lab) => void): Experiment<number> {
  return {
    ms: { quick: planned / 4, default: planned, full: 4 * planned },
    async measure(lab) {
      onRun?.(lab);
      for (let step = 1; step <= 10; step++) {
        await lab.clock.wait(takes / 10).done;
        await lab.step(step / 10);
      }
      return takes;
    },
  };
}

/** A claim that is tested like this. */
export function madeUpClaim(id: string, test: Test, rest: Partial<Claim> = {}): Claim {
  const finding: Finding = {
    test,
    effect: null,
    interval: null,
    evidence: { tasks: null, threads: null, says: "", quantities: {}, samples: {} },
  };
  return {
    id,
    sentence: id.replaceAll("-", " "),
    source: "book",
    explained: { stands: "", measured: "", reading: "", elsewhere: [], byHand: "" },
    needs: { cores: 1, busyCores: 0 },
    family: test.kind === "paired" ? "modes" : null,
    experiment: madeUp(1_000),
    judge: () => finding,
    ...rest,
  };
}

/** A claim about paired rounds of these ratios, which holds above 1.2. */
export function pairedClaim(id: string, ratios: readonly number[], rest: Partial<Claim> = {}): Claim {
  return madeUpClaim(id, { kind: "paired", logRatios: ratios.map(Math.log), at: 1.2, holds: "above" }, rest);
}
