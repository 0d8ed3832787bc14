import type { Claim, Finding, Test } from "../../lib/claims/claim.ts";
import type { Experiment, Lab } from "../../lib/claims/experiment.ts";

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
    paired: test.kind === "paired",
    experiment: madeUp(1_000),
    judge: () => finding,
    ...rest,
  };
}

/** A claim about paired rounds of these ratios, which holds above 1.2. */
export function pairedClaim(id: string, ratios: readonly number[], rest: Partial<Claim> = {}): Claim {
  return madeUpClaim(id, { kind: "paired", logRatios: ratios.map(Math.log), at: 1.2, holds: "above" }, rest);
}
