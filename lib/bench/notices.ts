import type { ComparedMode } from "../model/comparison.ts";
import { formatDuration, threeDigits } from "../report/units.ts";
import { plural } from "../report/words.ts";
import { outliers } from "../stats/outliers.ts";
import { median } from "../stats/quantiles.ts";

/** In a run that is shorter than this, slots are idle at its start and end for a part that counts; in milliseconds. */
const shortMs = 50;

/** An outlier is worth a word if it took so many times longer than the median. */
const minOutlierFactor = 1.1;

/** How many rounds there were, and were to be. */
export interface RoundsDone {
  readonly rounds: number;
  readonly planned: number;
  /** Why it ended. */
  readonly ended: "stopped" | "settled" | "time";
}

/** What the reader can do about a notice, in words of whoever started the measurement: its flags, for example. */
export interface NoticeRemedies {
  /** There was no time for all rounds. */
  readonly time?: string;
  /** It ended when every difference was settled. */
  readonly settled?: string;
  /** The first round was slow. */
  readonly slowStart?: string;
}

/** What the reader should know of the measurement, as sentences without a stop: each with its cause, and what to do. */
export function noticesOn(
  modes: readonly ComparedMode[],
  { rounds, planned, ended }: RoundsDone,
  remedies: NoticeRemedies = {},
): string[] {
  const causes = {
    stopped: "it was stopped",
    settled: `every difference was settled${remedies.settled === undefined ? "" : ` (${remedies.settled})`}`,
    time: `there was no time for more${ending(remedies.time)}`,
  };
  const fewer = rounds < planned ? [`${rounds} of ${plural(planned, "round")} were run, as ${causes[ended]}`] : [];
  return [...fewer, ...shortRuns(modes), ...modes.flatMap((mode) => slowRounds(mode, remedies))];
}

function shortRuns(modes: readonly ComparedMode[]): string[] {
  const runs = modes.map((one) => ({ mode: one.mode, ms: median(timesOf(one)) }));
  const { mode, ms } = runs.reduce((a, b) => b.ms < a.ms ? b : a);
  if (ms >= shortMs) return [];
  return [
    `a run of ${mode} took only ${formatDuration(ms)}, so its start and end weigh much: give more items, or more time`,
  ];
}

function slowRounds(one: ComparedMode, { slowStart }: NoticeRemedies): string[] {
  const times = timesOf(one);
  const middle = median(times);
  return outliers(times).filter((i) => times[i] > minOutlierFactor * middle).map((i) => {
    const what = `round ${i + 1} of ${one.mode} took ${threeDigits(times[i] / middle)}× its median; it counts`;
    return i === 0 && slowStart !== undefined ? `${what}; if that comes again: ${slowStart}` : what;
  });
}

function ending(remedy: string | undefined): string {
  return remedy === undefined ? "" : `: ${remedy}`;
}

function timesOf({ samples }: ComparedMode): number[] {
  return samples.filter(({ round }) => round > 0).map(({ elapsedMs }) => elapsedMs);
}
