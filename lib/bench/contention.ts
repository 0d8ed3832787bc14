import type { Contention } from "../model/comparison.ts";

/** What one round used, in milliseconds of one core, in so much time on the wall. */
export interface RoundLoad {
  readonly elapsedMs: number;
  readonly busyMs: number;
  readonly ownMs: number;
}

/** The cores there are, and how many a mode with several threads needs. */
export interface Cores {
  readonly all: number;
  readonly needed: number;
}

/** So much of a core that is missing makes a round contended. */
const tolerance = 0.1;

/** The kernel counts busy time in ticks of 10 ms, for each core. */
const tickMs = 10;

/** More than this part of the rounds, and verdicts that need free cores become unclear. */
const tolerableRounds = 0.2;

/** Cores that were busy with other things than us. Rounding may make it a little less than 0. */
export function foreignCores({ elapsedMs, busyMs, ownMs }: RoundLoad): number {
  return (busyMs - ownMs) / elapsedMs;
}

/** Whether fewer cores were left than are needed, by more than the kernel's ticks explain. */
export function isContended(load: RoundLoad, { all, needed }: Cores): boolean {
  const missing = needed - (all - foreignCores(load));
  return missing > tolerance + tickMs * all / load.elapsedMs;
}

/** Sums up what other programs did while we measured. */
export function contention(rounds: readonly RoundLoad[], cores: Cores): Contention {
  const contended = rounds.filter((load) => isContended(load, cores)).length;
  const mean = rounds.reduce((sum, load) => sum + foreignCores(load), 0) / Math.max(1, rounds.length);
  return {
    foreignCores: Math.max(0, mean),
    rounds: contended,
    contended: contended > tolerableRounds * rounds.length,
  };
}
