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
  /** What all programs used in each round, and what we used. */
  readonly loads: readonly RoundLoad[];
}

/** The accepted probability that even one claim of the set gets a wrong verdict by chance. */
const risk = 0.05;

/**
 * Judges a set of claims. Each claim is tested against its limit by the signed ranks of its rounds. It is decided only if
 * the result is still significant after Holm's correction for the number of claims tested. `moreRounds` says how to get the
 * rounds that are needed.
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
    const tooFew = () => `${pluralIs(one.effect.rounds, "round")} too few: ${moreRounds(needed)}`;
    const why = one.effect.rounds < needed
      ? tooFew()
      : doubt(one, seen) ?? undecided(one, chances[place], testable.length);
    return why === undefined ? decide(one) : { word: "unclear", reason: why };
  });
}

/** Whether measurements that keep `busyCores` cores busy can be trusted. */
export function isSteady({ control, loads, machine }: SuiteConditions, busyCores: number): boolean {
  return !control.failed && !contention(loads, { all: machine.cores, needed: busyCores }).contended;
}

function tooFewCores({ cores }: Claim, { machine }: SuiteConditions): string {
  return `needs ${plural(cores, "core")}; only ${machine.usableCores} can be used on this machine`;
}

/** Why the measurement cannot be trusted, whatever the effect; undefined if it can. */
function doubt({ claim }: Tested, seen: SuiteConditions): string | undefined {
  const { control, loads, machine } = seen;
  if (control.failed) {
    return "the A/A control failed: the same work differed from itself; run it again when nothing else runs";
  }
  const others = contention(loads, { all: machine.cores, needed: claim.busyCores });
  if (others.contended) {
    const busy = `${others.foreignCores.toFixed(2)} of ${plural(machine.cores, "core")}`;
    return `other programs took cores that it needs in ${
      plural(others.rounds, "round")
    } (${busy} on average): run it again when nothing else runs`;
  }
}

/** Why the rounds do not decide the claim; undefined if they do. */
function undecided({ claim, effect }: Tested, chance: number, together: number): string | undefined {
  if (chance <= risk) return undefined;
  const [low, high] = effect.interval ?? [0, Infinity];
  if (low <= claim.at && high >= claim.at) {
    return `the interval lies on both sides of ${claim.at}×: try more rounds or a quieter machine`;
  }
  return `not significant when ${plural(together, "claim")} are tested (p = ${chance.toFixed(3)}): try more rounds`;
}

function decide({ claim, effect }: Tested): Verdict {
  const side = effect.ratio > claim.at ? "above" : "below";
  return { word: side === claim.holds ? "holds" : "fails", reason: `the interval lies ${side} ${claim.at}×` };
}
