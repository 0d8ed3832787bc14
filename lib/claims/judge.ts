import { contention, type RoundLoad } from "../bench/contention.ts";
import type { Comparison, Verdict } from "../model/claim.ts";
import type { Control } from "../model/comparison.ts";
import type { Machine } from "../model/machine.ts";
import { plural, pluralIs } from "../report/words.ts";
import { holm } from "../stats/holm.ts";
import { ratioP } from "../stats/ratio_estimate.ts";
import { minValues } from "../stats/signed_rank.ts";
import type { Claim } from "./claim.ts";

/** A claim and what was measured for it. */
export interface Tested {
  readonly claim: Claim;
  readonly effect: Comparison;
}

/** What else was seen while the claims were measured. */
export interface SuiteConditions {
  readonly machine: Pick<Machine, "cores" | "usableCores">;
  readonly control: Control;
  /** What everybody and we used, for each round. */
  readonly loads: readonly RoundLoad[];
}

/** The chance that even one claim of the set gets a verdict by luck. */
const risk = 0.05;

/**
 * Judges a set of claims. Each is tested against its limit by the signed ranks of its rounds, and decided only if it
 * still is when Holm's method has counted how many are tested. `moreRounds` says how to get as many rounds as are needed.
 */
export function judge(
  tested: readonly Tested[],
  seen: SuiteConditions,
  moreRounds: (needed: number) => string = (needed) => `${needed} are needed`,
): Verdict[] {
  const testable = tested.filter(({ claim }) => claim.cores <= seen.machine.usableCores);
  const chances = holm(testable.map(({ claim, effect }) => ratioP(effect.ratios.map(Math.log), claim.at)));
  const needed = minValues(risk / testable.length);
  return tested.map((one) => {
    const place = testable.indexOf(one);
    if (place === -1) return { word: "skipped", reason: tooFewCores(one.claim, seen) };
    const tooFew = () => `${pluralIs(one.effect.rounds, "round")} too few to tell: ${moreRounds(needed)}`;
    const why = one.effect.rounds < needed
      ? tooFew()
      : doubt(one, seen) ?? undecided(one, chances[place], testable.length);
    return why === undefined ? decide(one) : { word: "unclear", reason: why };
  });
}

/** Whether what was measured on so many cores can be trusted at all. */
export function isSteady({ control, loads, machine }: SuiteConditions, busyCores: number): boolean {
  return !control.failed && !contention(loads, { all: machine.cores, needed: busyCores }).contended;
}

function tooFewCores({ cores }: Claim, { machine }: SuiteConditions): string {
  return `needs ${plural(cores, "core")}, this machine lets us use ${machine.usableCores}`;
}

/** Why the measurement shows nothing, whatever the effect looks like. */
function doubt({ claim }: Tested, seen: SuiteConditions): string | undefined {
  const { control, loads, machine } = seen;
  if (control.failed) {
    return "the A/A control failed, the same work differed from itself: run it again when nothing else runs";
  }
  const others = contention(loads, { all: machine.cores, needed: claim.busyCores });
  if (others.contended) {
    const busy = `${others.foreignCores.toFixed(2)} of ${plural(machine.cores, "core")}`;
    return `other programs kept ${busy} busy, in ${
      plural(others.rounds, "round")
    } too many: run it again when nothing else runs`;
  }
}

/** Why the rounds do not decide it. */
function undecided({ claim, effect }: Tested, chance: number, together: number): string | undefined {
  if (chance <= risk) return undefined;
  const [low, high] = effect.interval ?? [0, Infinity];
  if (low <= claim.at && high >= claim.at) {
    return `the interval lies on both sides of ${claim.at}×: more rounds or a quieter machine may tell`;
  }
  return `one of ${plural(together, "claim")} may look so by luck (p = ${chance.toFixed(3)}): more rounds may tell`;
}

function decide({ claim, effect }: Tested): Verdict {
  const side = effect.ratio > claim.at ? "above" : "below";
  return { word: side === claim.holds ? "holds" : "fails", reason: `the interval lies ${side} ${claim.at}×` };
}
