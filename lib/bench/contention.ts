import type { Contention } from "../model/comparison.ts";
import type { EntrantRun } from "./entrant.ts";
import type { LoadReading } from "./machine_load.ts";
import { sum } from "../stats/quantiles.ts";

/** How long the timed spans of a round took together, and how much CPU time it used in that time; all in milliseconds. */
export interface RoundLoad {
  readonly elapsedMs: number;
  readonly busyMs: number;
  readonly ownMs: number;
}

/**
 * The load of each counted round: summed over its runs, because the kernel's ticks are too coarse for a single run. None where
 * the system does not tell.
 */
export function loadsOf(runs: readonly EntrantRun[]): RoundLoad[] {
  const counted = runs.flatMap(({ round, elapsedMs, load: { busyMs, ownMs } }) =>
    round > 0 && busyMs !== null ? [{ round, elapsedMs, busyMs, ownMs }] : []
  );
  return [...Map.groupBy(counted, ({ round }) => round).values()].map((round) => ({
    elapsedMs: sum(round.map(({ elapsedMs }) => elapsedMs)),
    busyMs: sum(round.map(({ busyMs }) => busyMs)),
    ownMs: sum(round.map(({ ownMs }) => ownMs)),
  }));
}

/** A reading of the load, and when it was taken by the clock. */
interface TimedLoad extends Pick<LoadReading, "busyMs" | "ownMs"> {
  readonly ms: number;
}

/** What the machine did between two readings of its load, at these times; undefined where the system does not tell. */
export function loadBetween(before: TimedLoad, after: TimedLoad): RoundLoad | undefined {
  if (before.busyMs === undefined || after.busyMs === undefined) return undefined;
  return {
    elapsedMs: after.ms - before.ms,
    busyMs: after.busyMs - before.busyMs,
    ownMs: after.ownMs - before.ownMs,
  };
}

/** How many cores the machine has, and how many a mode with several threads needs. */
export interface Cores {
  readonly all: number;
  readonly needed: number;
}

/** A round is contended if more than this share of a core is missing. */
const tolerance = 0.1;

/** The kernel counts busy time in ticks of 10 ms for each core. */
const tickMs = 10;

/** If more than this share of the rounds is contended, verdicts that need free cores are unclear. */
const tolerableRounds = 0.2;

/** How many cores other programs kept busy, on average. Rounding may make it slightly negative. */
export function foreignCores({ elapsedMs, busyMs, ownMs }: RoundLoad): number {
  return (busyMs - ownMs) / elapsedMs;
}

/** Whether fewer cores were left to us than needed, by more than the kernel's ticks explain. */
export function isContended(load: RoundLoad, { all, needed }: Cores): boolean {
  const missing = needed - (all - foreignCores(load));
  return missing > tolerance + tickMs * all / load.elapsedMs;
}

/** Summarizes what other programs did while we measured. Without any round that could be told, nothing is known of them. */
export function contention(rounds: readonly RoundLoad[], cores: Cores): Contention {
  const contended = rounds.filter((load) => isContended(load, cores)).length;
  const mean = rounds.reduce((sum, load) => sum + foreignCores(load), 0) / rounds.length;
  return {
    foreignCores: rounds.length === 0 ? null : Math.max(0, mean),
    rounds: contended,
    contended: contended > tolerableRounds * rounds.length,
  };
}

/** Why nothing can be said of what needs free cores; undefined if it can. */
export function contendedReason({ contended, foreignCores, rounds }: Contention, { all }: Pick<Cores, "all">) {
  return contended && foreignCores !== null
    ? { kind: "contended", rounds, foreignCores, cores: all } as const
    : undefined;
}
