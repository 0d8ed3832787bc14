import type { Meter } from "../bench/machine_load.ts";
import { openTimeBox, type TimeBox } from "../bench/time_box.ts";
import type { Clock } from "../clock.ts";
import { messageOf, NoWholeRound } from "../errors.ts";
import type { Host } from "../exec/host/host.ts";
import type { ClaimsResult, JudgedClaim, Verdict } from "../model/claim.ts";
import type { Effort } from "../model/effort.ts";
import type { ClaimReason } from "../model/reason.ts";
import { claimsAdvice } from "./advice.ts";
import type { Claim, Place } from "./claim.ts";
import { runExperiment } from "./lab.ts";
import { partsOf } from "./parts.ts";
import { Settling } from "./settling.ts";

/** How claims are tested. */
export interface ClaimsWanted {
  readonly effort: Effort;
  /** Rounds of each comparison, where the time allows. */
  readonly rounds: number;
  readonly seed: number;
  /** Threads of the modes `threads` and `both`; by default one for each usable core, 2 at least. */
  readonly threads?: number;
  /** Tasks of the modes `tasks` and `both`, in all threads together. */
  readonly tasks: number;
  /** Time limit for all claims, in milliseconds; undefined: none. */
  readonly maxMs?: number;
  /** Whether the user chose that limit: then experiments may use all of it, for more rounds and longer ladders. */
  readonly limitChosen?: boolean;
  /** Memory that parked tasks or threads may take, in bytes. */
  readonly maxMemoryBytes: number;
}

/** What testing needs from its caller. */
export interface ClaimsCaller {
  readonly clock: Clock;
  /** Ends it early: what is settled by then is the result. */
  readonly signal: AbortSignal;
  readonly cores: Place["cores"];
  /** When the time limit begins, by the clock, in milliseconds. */
  readonly startMs: number;
  readonly host: Host;
  readonly meter: Meter;
  /** Called, and awaited, as soon as a claim is settled, in the order of the result. */
  readonly onSettled?: (claim: JudgedClaim) => Promise<void>;
  /** Called, and awaited, between runs, never while a clock runs. */
  readonly onStep?: (step: ClaimsStep) => Promise<void>;
}

/** What is measured, and how far it is. */
export interface ClaimsStep {
  /** The first claim of the experiment, and its place among the claims, from 1. */
  readonly sentence: string;
  readonly place: number;
  readonly claims: number;
  /** Of the planned time, from 0 to 1. */
  readonly share: number;
}

/** Experiments get this share of the time that is left: one may take longer than it should. */
const plannedShare = 0.88;

/** Of time that others have not used, an experiment gets no more than makes this much of what is planned for it, by default. */
const maxBudget = 1.5;

/** The longest time that a timer can count, in milliseconds. */
const noLimitMs = 2 ** 31 - 1;

/** Measures what the claims are about, one experiment after the other, and judges each claim as soon as it can be settled. */
export async function testClaims(
  claims: readonly Claim[],
  wanted: ClaimsWanted,
  caller: ClaimsCaller,
): Promise<ClaimsResult> {
  const { clock, signal: stop, cores, startMs, onSettled, onStep } = caller;
  using box = openTimeBox(clock, startMs, wanted.maxMs ?? noLimitMs, stop);
  const parts = partsOf(claims, { ...wanted, cores });
  const settling = new Settling(parts, { cores }, async (claim) => await onSettled?.(claim));
  const plannedMs = Math.max(1, parts.reduce((sum, { ms }) => sum + ms, 0));
  let doneMs = 0;
  for (const part of parts) {
    const { experiment, claims: [{ claim: { sentence } }], ms } = part;
    const at = { sentence, place: settling.settled.length + 1, claims: claims.length };
    const onShare = async (share: number) => await onStep?.({ ...at, share: (doneMs + share * ms) / plannedMs });
    const leftMs = plannedShare * box.leftMs() * ms / (plannedMs - doneMs);
    const mostMs = wanted.limitChosen ? Infinity : maxBudget * ms;
    const lab = {
      ...caller,
      ...wanted,
      threads: wanted.threads ?? Math.max(2, cores.usable),
      budgetMs: wanted.maxMs === undefined ? ms : Math.min(leftMs, mostMs),
      signal: box.signal,
    };
    const run = ms === 0 || box.signal.aborted ? undefined : runExperiment(experiment, lab, onShare);
    const ended = await run?.catch((error: unknown): ClaimReason => whyNotRun(error, box, stop)) ?? endReason(stop);
    await ("found" in ended ? settling.measured(part, ended) : settling.skipped(part, ended));
    doneMs += ms;
  }
  return resultOf(claims, settling, wanted.effort);
}

/** Why an experiment has no result. */
function whyNotRun(error: unknown, { signal }: TimeBox, stop: AbortSignal): ClaimReason {
  if (signal.aborted || error instanceof NoWholeRound) return endReason(stop);
  return { kind: "not-run", message: messageOf(error) };
}

/** Why nothing more is measured. */
function endReason(stop: AbortSignal): ClaimReason {
  return { kind: stop.aborted ? "stopped" : "time-up" };
}

function resultOf(claims: readonly Claim[], { settled, tested }: Settling, effort: Effort): ClaimsResult {
  const works = [...new Set(tested.flatMap(({ finding: { work } }) => work ?? []))];
  const counts: Record<Verdict["verdict"], number> = { holds: 0, fails: 0, unclear: 0, skipped: 0 };
  for (const { verdict } of settled) counts[verdict]++;
  return {
    effort,
    control: works.at(0)?.control ?? null,
    claims: settled,
    counts,
    works,
    advice: claimsAdvice(settled, claims),
  };
}
