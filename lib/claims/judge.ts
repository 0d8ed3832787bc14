import { contendedReason, contention, type RoundLoad } from "../bench/contention.ts";
import type { Verdict } from "../model/claim.ts";
import type { Ends } from "../model/interval.ts";
import type { ClaimReason } from "../model/reason.ts";
import { holm } from "../stats/holm.ts";
import { estimateRatio, ratioP } from "../stats/ratio_estimate.ts";
import { minValues } from "../stats/signed_rank.ts";
import type { Claim, Family, Finding, Place, Test } from "./claim.ts";

/** A claim that was measured, what its judge makes of it, and what other programs used meanwhile. */
export interface Tested {
  readonly claim: Pick<Claim, "needs" | "family">;
  readonly finding: Finding;
  readonly loads: readonly RoundLoad[];
}

type PairedTest = Extract<Test, { readonly kind: "paired" }>;

/** Reasons for which a claim has no verdict at all. */
const unmeasured: ReadonlySet<ClaimReason["kind"]> = new Set([
  "not-measurable",
  "left-out",
  "time-up",
  "too-little-memory",
  "not-run",
]);

/** The accepted probability that even one claim of a family gets a wrong verdict by chance. */
const risk = 0.05;

/**
 * The verdict on each claim; undefined: it has to wait for others.
 *
 * Claims with paired rounds are tested by their signed ranks, and decided only if the result is still significant after Holm's
 * correction for the number of claims of their family. `toCome`: the families of those that are not measured yet. They count as
 * not significant at all, so what is decided now stays decided whatever they will show: Holm's method goes on from the smallest
 * p-value, and a p-value that comes later can only move the others to a weaker limit or behind itself.
 */
export function judge(tested: readonly Tested[], toCome: readonly Family[], place: Place): (Verdict | undefined)[] {
  const adjusted = adjustedChances(tested, toCome);
  return tested.map((one) => {
    const { test, interval } = one.finding;
    const corrected = adjusted.get(one);
    const reason = tooFewRounds(test, corrected?.claims ?? 1) ?? doubt(one, place);
    if (reason !== undefined) return { verdict: "unclear", reason };
    if (test.kind !== "paired") return judgeAlone(test);
    const { p, claims, waits } = corrected!;
    if (p <= risk) return decidePaired(test);
    return waits ? undefined : { verdict: "unclear", reason: open(test, interval, p, claims) };
  });
}

/** A claim's p-value after Holm's correction, the claims of its family, and whether some of them are not measured yet. */
interface Corrected {
  readonly p: number;
  readonly claims: number;
  readonly waits: boolean;
}

function adjustedChances(tested: readonly Tested[], toCome: readonly Family[]): Map<Tested, Corrected> {
  const corrected = new Map<Tested, Corrected>();
  for (const [family, own] of Map.groupBy(tested, ({ claim }) => claim.family)) {
    const later = toCome.filter((one) => one === family).length;
    const chances = own.flatMap(({ finding: { test } }) =>
      test.kind === "paired" ? [ratioP(test.logRatios, test.at)] : []
    );
    const paired = own.filter(({ finding }) => finding.test.kind === "paired");
    const adjusted = holm([...chances, ...Array(later).fill(1)]);
    paired.forEach((one, i) => corrected.set(one, { p: adjusted[i], claims: adjusted.length, waits: later > 0 }));
  }
  return corrected;
}

/** With so few rounds nothing can be significant where so many claims are tested. */
function tooFewRounds(test: Test, claims: number): ClaimReason | undefined {
  if (test.kind !== "paired") return undefined;
  const rounds = test.logRatios.length;
  const needed = minValues(risk / claims);
  return rounds < needed ? { kind: "too-few-rounds", rounds, needed } : undefined;
}

/** Why the measurement cannot be trusted, whatever it shows; undefined if it can. */
function doubt({ claim: { needs }, finding, loads }: Tested, { cores }: Place): ClaimReason | undefined {
  if (finding.test.kind === "open" && finding.test.reason.kind !== "both-sides") return undefined;
  if (finding.work?.control.failed) return { kind: "control-failed" };
  if (needs.busyCores === 0) return undefined;
  const rounds = finding.loads ?? loads;
  return contendedReason(contention(rounds, { all: cores.all, needed: needs.busyCores }), cores);
}

/** Why paired rounds do not decide it. */
function open({ at }: PairedTest, interval: Ends | null, p: number, claims: number): ClaimReason {
  const [low, high] = interval ?? [0, Infinity];
  return low <= at && high >= at ? { kind: "both-sides", at, unit: "ratio" } : { kind: "not-significant", p, claims };
}

function decidePaired({ logRatios, at, holds }: PairedTest): Verdict {
  return decided(estimateRatio(logRatios).ratio > at ? "above" : "below", holds, { at, unit: "ratio" });
}

function judgeAlone(test: Exclude<Test, PairedTest>): Verdict {
  switch (test.kind) {
    case "counted":
      return { verdict: test.holds ? "holds" : "fails", reason: { kind: "counted" } };
    case "interval": {
      const { interval, at, unit, holds } = test;
      const [low, high] = interval ?? [-Infinity, Infinity];
      if (low <= at && high >= at) return { verdict: "unclear", reason: { kind: "both-sides", at, unit } };
      return decided(low > at ? "above" : "below", holds, { at, unit });
    }
    case "open": {
      const { reason } = test;
      return { verdict: unmeasured.has(reason.kind) ? "skipped" : "unclear", reason };
    }
    default:
      return test satisfies never;
  }
}

function decided(
  side: "above" | "below",
  holds: "above" | "below",
  limit: Pick<Extract<ClaimReason, { readonly kind: "beyond-limit" }>, "at" | "unit">,
): Verdict {
  return { verdict: side === holds ? "holds" : "fails", reason: { kind: "beyond-limit", side, ...limit } };
}
