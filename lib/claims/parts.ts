import type { Effort } from "../model/effort.ts";
import type { ClaimReason } from "../model/reason.ts";
import type { Claim, Family, Place } from "./claim.ts";
import type { Experiment } from "./experiment.ts";

/** An experiment, and the claims that are judged by it. */
export interface Part {
  readonly experiment: Experiment<unknown>;
  readonly claims: readonly PlannedClaim[];
  /** Planned time, in milliseconds; 0 if all of them are skipped. */
  readonly ms: number;
}

/** A claim, and what it is skipped for before anything is measured. */
export interface PlannedClaim {
  readonly claim: Claim;
  readonly skipped: ClaimReason | undefined;
}

/** What decides which claims can be tested. */
export interface Limits {
  readonly effort: Effort;
  readonly cores: Place["cores"];
  readonly maxMemoryBytes: number;
}

/** The experiments, in the order of their first claims. */
export function partsOf(claims: readonly Claim[], limits: Limits): Part[] {
  return [...Map.groupBy(claims, ({ experiment }) => experiment)].map(([experiment, sharing]) => {
    const planned = sharing.map((claim) => ({ claim, skipped: skipReason(claim, limits) }));
    const ms = planned.every(({ skipped }) => skipped !== undefined) ? 0 : experiment.ms[limits.effort];
    return { experiment, claims: planned, ms };
  });
}

function skipReason({ needs, experiment }: Claim, { effort, cores, maxMemoryBytes }: Limits): ClaimReason | undefined {
  if (needs.cores > cores.usable) return { kind: "too-few-cores", cores: needs.cores, usableCores: cores.usable };
  if (experiment.ms[effort] === 0) return { kind: "left-out", effort };
  const { memoryBytes = 0 } = needs;
  if (memoryBytes <= maxMemoryBytes) return undefined;
  return { kind: "too-little-memory", neededBytes: memoryBytes, maxBytes: maxMemoryBytes };
}

/** The families of the claims that are tested by paired rounds. */
export function familiesIn(claims: readonly PlannedClaim[]): Family[] {
  return claims.flatMap(({ claim: { family }, skipped }) => family === null || skipped !== undefined ? [] : [family]);
}
