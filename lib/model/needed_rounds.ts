import { moreRounds } from "../stats/more_rounds.ts";
import type { ModeChange } from "./comparison.ts";

/** The most rounds that --rounds takes. */
export const maxRounds = 1000;

/** A comparison that would take longer is not worth proposing, in milliseconds. */
const maxMs = 3_600_000;

/** What a comparison of two jobs, or two runtimes, has cost. */
export interface RoundsRun {
  /** How many whole rounds were run. */
  readonly rounds: number;
  /** How long the comparison took, in milliseconds. */
  readonly elapsedMs: number;
  /** The smallest change worth reporting, as a share. */
  readonly margin: number;
}

/** How much a comparison needs. */
export interface NeededRounds {
  /** All rounds of it, not how many more. */
  readonly rounds: number;
  /** About how long they take, in milliseconds. */
  readonly ms: number;
}

/**
 * How many rounds would probably show a change that these did not; undefined if they would take more than an hour, or be more than
 * there can be. Where there are too few for an interval: twice as many as it needs.
 */
export function neededRounds(
  { ratio, interval, reason }: Pick<ModeChange, "ratio" | "interval" | "reason">,
  { rounds: run, elapsedMs, margin }: RoundsRun,
): NeededRounds | undefined {
  const factor = interval === null ? undefined : moreRounds(ratio, interval, 1 + margin);
  const wanted = factor !== undefined ? run * factor : reason?.kind === "too-few-rounds" ? 2 * reason.needed : run;
  const rounds = factor === 1 ? run : plainNumber(wanted);
  const ms = elapsedMs * rounds / run;
  return rounds <= maxRounds && ms <= maxMs ? { rounds, ms } : undefined;
}

/** The next number up that is easy to read: 6, 8, 10, 12, 15, 20 and so on. */
function plainNumber(number: number): number {
  if (!Number.isFinite(number)) return number;
  const power = 10 ** Math.floor(Math.log10(number));
  return power * ([1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8].find((plain) => plain * power >= number) ?? 10);
}
