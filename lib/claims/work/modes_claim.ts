import { logRatiosOf } from "../../bench/pairs.ts";
import type { Mode } from "../../model/grid.ts";
import { endsOf, estimateRatio } from "../../stats/ratio_estimate.ts";
import type { Claim, Finding } from "../claim.ts";
import { quantity } from "../quantities.ts";
import type { WorkFound } from "./work_experiment.ts";

/** A claim that one mode is faster than another by a factor, or that it is not. */
export interface ModesClaim extends Omit<Claim<WorkFound>, "family" | "judge"> {
  /** The mode that `mode` is compared with. The effect: how many times faster `mode` is than `baseline`. */
  readonly baseline: Mode;
  readonly mode: Mode;
  /** The claim holds if the effect lies on this side of `at`. */
  readonly holds: "above" | "below";
  readonly at: number;
  /** The evidence in a sentence: `{baseline}`, `{mode}` and `{effect}` stand for the two median times and their ratio. */
  readonly says: string;
}

/** The claim, judged by its two modes in each round. */
export function modesClaim({ baseline, mode, holds, at, says, ...claim }: ModesClaim): Claim<WorkFound> {
  return { ...claim, family: "modes", judge: (found) => judgeModes({ baseline, mode, holds, at, says }, found) };
}

function judgeModes(
  { baseline, mode, holds, at, says }: Pick<ModesClaim, "baseline" | "mode" | "holds" | "at" | "says">,
  { compared, runs, entrants, loads }: WorkFound,
): Finding {
  const idOf = (wanted: Mode) => entrants.find(({ mode }) => mode === wanted)!.id;
  const logRatios = logRatiosOf(runs, idOf(baseline), idOf(mode));
  const { ratio, interval } = estimateRatio(logRatios);
  const ends = endsOf(interval);
  const timeOf = (wanted: Mode) => quantity(compared.modes.find(({ mode }) => mode === wanted)!.elapsedMs, "ms");
  const quantities = { baseline: timeOf(baseline), mode: timeOf(mode), effect: quantity(ratio, "ratio", ends) };
  const side = (wanted: readonly Mode[]) => {
    const found = [mode, baseline].find((one) => wanted.includes(one));
    return found === undefined ? null : timeOf(found);
  };
  return {
    test: { kind: "paired", logRatios, at, holds },
    effect: ratio,
    interval: ends,
    evidence: {
      tasks: side(["tasks"]),
      threads: side(["threads", "both"]),
      says,
      quantities,
      samples: { ratios: logRatios.map(Math.exp) },
    },
    work: compared,
    loads,
  };
}
