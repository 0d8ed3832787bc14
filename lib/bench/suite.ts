import type { Clock } from "../clock.ts";
import type { EarlyEnd } from "../model/reason.ts";
import { seededRandom, shuffled } from "../stats/random.ts";
import type { Entrant, EntrantRun } from "./entrant.ts";
import { measureRun } from "./measured_run.ts";
import type { TimeBox } from "./time_box.ts";

/** How often everything is measured, and until when. */
export interface SuiteOptions {
  readonly rounds: number;
  /** Warm-up rounds before them, which do not count. */
  readonly warmupRounds: number;
  readonly seed: number;
  readonly clock: Clock;
  /** After the first, no round begins that would probably pass its deadline; a run that passes it is cut off with its round. */
  readonly box: Pick<TimeBox, "deadline" | "signal">;
  /** The caller's signal: it ends the suite early. */
  readonly stop: AbortSignal;
  /** Called, and awaited, before the first run and after each one, with the number of runs so far: never while a clock runs. */
  readonly onRun?: (runs: number) => void | Promise<void>;
  /** Whether the runs so far settle everything. Called after each round but the last one. */
  readonly isSettled?: (runs: readonly EntrantRun[]) => boolean;
}

/** The runs of whole rounds, and why there are no more of them. */
export interface SuiteRuns {
  readonly runs: readonly EntrantRun[];
  /** Rounds that count. */
  readonly rounds: number;
  /** Null if all rounds were run. */
  readonly ended: EarlyEnd | null;
}

/**
 * Measures each entrant once a round, in shuffled order, because sequential runs would compare slow drift of the machine
 * instead. Each run has fresh threads, because two long-lived ones can differ for no visible reason; a few items warm them up
 * before the clock starts. An unfinished round is left out.
 *
 * @throws {TandemError} an item failed, or the outputs differ
 */
export async function measureSuite(entrants: readonly Entrant[], options: SuiteOptions): Promise<SuiteRuns> {
  const { rounds, warmupRounds, seed, clock, box, stop, onRun, isSettled } = options;
  const random = seededRandom(seed);
  const runs: EntrantRun[] = [];
  let maxRoundMs = 0;
  await onRun?.(0);
  const end = (round: number, ended: EarlyEnd | null): SuiteRuns => {
    const whole = runs.filter((run) => run.round < round);
    const counted = Math.max(0, round - 1);
    return { runs: counted === 0 ? [] : whole, rounds: counted, ended };
  };
  for (let round = 1 - warmupRounds; round <= rounds; round++) {
    const startMs = clock.now();
    const hasCounted = round > 1; // before that there is nothing to show: the first round is tried in any case
    if (hasCounted && startMs + maxRoundMs > box.deadline) return end(round, "time");
    for (const entrant of shuffled(entrants, random)) {
      const run = await measureRun(entrant).catch((error) => {
        if (!box.signal.aborted) throw error;
      });
      if (run === undefined || box.signal.aborted) return end(round, stop.aborted ? "stopped" : "time");
      runs.push({ entrant: entrant.id, round, ...run });
      await onRun?.(runs.length);
    }
    maxRoundMs = Math.max(maxRoundMs, clock.now() - startMs);
    if (round < rounds && isSettled?.(runs)) return end(round + 1, "settled");
  }
  return end(rounds + 1, null);
}
