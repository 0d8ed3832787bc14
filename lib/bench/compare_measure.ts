import { wholeRounds } from "./comparison.ts";
import { type JobRun, measureModes, type ModeRoundsOptions } from "./mode_rounds.ts";
import { isSettled } from "./settled.ts";
import type { RoundSchedule } from "../report/round_schedule_text.ts";

/** The runs of all completed rounds, and why there are no more. */
export interface Measured {
  readonly runs: readonly JobRun[];
  readonly ended: "settled" | "time";
}

/**
 * Measures all rounds, or stops when time is up or, with `stopEarly`, when every difference is settled. Calls `onRun` after
 * each run with the number of runs so far, and awaits it. Returns only whole rounds.
 */
export async function measure(
  options: Omit<ModeRoundsOptions, "settled">,
  stopEarly: boolean,
  schedule: RoundSchedule,
  onRun: (runs: number) => Promise<void>,
): Promise<Measured> {
  const { cells } = options;
  const runs: JobRun[] = [];
  let isOver = false;
  const settled = () => isOver = stopEarly && isSettled(runs, cells);
  for await (const run of measureModes({ ...options, settled })) {
    runs.push(run);
    await onRun(runs.length);
  }
  const whole = wholeRounds(runs, schedule.runsPerRound);
  const hasRound = whole.some(({ round }) => round > 0);
  return { runs: hasRound ? whole : [], ended: isOver ? "settled" : "time" };
}
