import type { Contention } from "../model/comparison.ts";
import type { EntrantRun } from "./entrant.ts";
import { sum } from "../stats/quantiles.ts";

/** How long the timed spans of a round took together, and how much CPU time it used in that time; all in milliseconds. */
export interface RoundLoad {
  readonly elapsedMs: number;
  readonly busyMs: number;
  readonly ownMs: number;
}

/** The load of each counted round: summed over its runs, because the kernel's ticks are too coarse for a single run. */
export function loadsOf(runs: readonly EntrantRun[]): RoundLoad[] {
  const counted = runs.filter(({ round }) => round > 0);
  return [...Map.groupBy(counted, ({ round }) => round).values()].map((round) => ({
    elapsedMs: sum(round.map(({ elapsedMs }) => elapsedMs)),
    busyMs: sum(round.map(({ load }) => load.busyMs)),
    ownMs: sum(round.map(({ load }) => load.ownMs)),
  }));
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

/** Summarizes what other programs did while we measured. */
export function contention(rounds: readonly RoundLoad[], cores: Cores): Contention {
  const contended = rounds.filter((load) => isContended(load, cores)).length;
  const mean = rounds.reduce((sum, load) => sum + foreignCores(load), 0) / Math.max(1, rounds.length);
  return {
    foreignCores: Math.max(0, mean),
    rounds: contended,
    contended: contended > tolerableRounds * rounds.length,
  };
}
