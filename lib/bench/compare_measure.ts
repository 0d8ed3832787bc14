import { wholeRounds } from "./comparison.ts";
import { type JobRun, measureModes, type ModeRoundsOptions } from "./mode_rounds.ts";
import { isSettled } from "./settled.ts";
import { type ComparePlan, compareProgress } from "../report/compare_plan_text.ts";
import type { Output } from "../cli/terminal/output.ts";

const eraseLine = "\r\x1b[K";

/** The runs of all rounds that have ended, and why there are no more. */
export interface Measured {
  readonly runs: readonly JobRun[];
  readonly ended: "settled" | "time";
}

/**
 * Measures all rounds, or those there is time for, or those that settle it; says how far it is on a terminal, between the runs.
 * None but whole rounds come back.
 */
export async function measure(
  options: Omit<ModeRoundsOptions, "settled">,
  stopEarly: boolean,
  plan: ComparePlan,
  progress: Output | undefined,
): Promise<Measured> {
  const terminal = progress?.style.terminal ? progress : undefined;
  const { work: { clock }, cells } = options;
  const start = clock.now();
  const runs: JobRun[] = [];
  let isOver = false;
  const settled = () => isOver = stopEarly && isSettled(runs, cells);
  try {
    for await (const run of measureModes({ ...options, settled })) {
      runs.push(run);
      await terminal?.write(`${eraseLine}${compareProgress(runs.length, plan, clock.now() - start)}`);
    }
  } finally {
    await terminal?.write(eraseLine);
  }
  const whole = wholeRounds(runs, plan.runsPerRound);
  const hasRound = whole.some(({ round }) => round > 0);
  return { runs: hasRound ? whole : [], ended: isOver ? "settled" : "time" };
}
