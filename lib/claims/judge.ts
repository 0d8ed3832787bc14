import { contention, type RoundLoad } from "../bench/contention.ts";
import type { Comparison, Verdict } from "../model/claim.ts";
import type { Control } from "../model/comparison.ts";
import type { ClaimReason } from "../model/reason.ts";
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
  readonly cores: { readonly all: number; readonly usable: number };
  readonly control: Pick<Control, "failed">;
  /** What all programs used in each round, and what we used. */
  readonly loads: readonly RoundLoad[];
}

/** The accepted probability that even one claim of the set gets a wrong verdict by chance. */
const risk = 0.05;

/**
 * Judges a set of claims. Each claim is tested against its limit by the signed ranks of its rounds. It is decided only if
 * the result is still significant after Holm's correction for the number of claims tested.
 */
export function judge(tested: readonly Tested[], seen: SuiteConditions): Verdict[] {
  const { usable: usableCores } = seen.cores;
  const testable = tested.filter(({ claim }) => claim.cores <= usableCores);
  const chances = holm(testable.map(({ claim, effect }) => ratioP(effect.ratios.map(Math.log), claim.at)));
  const needed = minValues(risk / testable.length);
  return tested.map((one): Verdict => {
    const { claim: { cores }, effect: { rounds } } = one;
    const place = testable.indexOf(one);
    if (place === -1) return { verdict: "skipped", reason: { kind: "too-few-cores", cores, usableCores } };
    const reason = rounds < needed
      ? { kind: "too-few-rounds", rounds, needed } as const
      : doubt(one, seen) ?? undecided(one, chances[place], testable.length);
    return reason === undefined ? decide(one) : { verdict: "unclear", reason };
  });
}

/** Why the measurement cannot be trusted, whatever the effect; undefined if it can. */
function doubt({ claim }: Tested, { control, loads, cores }: SuiteConditions): ClaimReason | undefined {
  if (control.failed) return { kind: "control-failed" };
  const { contended, rounds, foreignCores } = contention(loads, { all: cores.all, needed: claim.busyCores });
  return contended ? { kind: "contended", rounds, foreignCores, cores: cores.all } : undefined;
}

/** Why the rounds do not decide the claim; undefined if they do. */
function undecided({ claim: { at }, effect }: Tested, p: number, claims: number): ClaimReason | undefined {
  if (p <= risk) return undefined;
  const [low, high] = effect.interval ?? [0, Infinity];
  return low <= at && high >= at ? { kind: "both-sides", at } : { kind: "not-significant", p, claims };
}

function decide({ claim: { at, holds }, effect }: Tested): Verdict {
  const side = effect.ratio > at ? "above" : "below";
  return { verdict: side === holds ? "holds" : "fails", reason: { kind: "beyond-limit", side, at } };
}
