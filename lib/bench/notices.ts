import type { ComparedMode } from "../model/comparison.ts";
import { formatDuration, threeDigits } from "../report/units.ts";
import { plural } from "../report/words.ts";
import { outliers } from "../stats/outliers.ts";
import { median } from "../stats/quantiles.ts";

/** In a run shorter than this, in milliseconds, the idle time of slots at its start and end matters. */
const shortMs = 50;

/** An outlier is worth mentioning if it took this many times the median. */
const minOutlierFactor = 1.1;

/** How many rounds were run, and how many were planned. */
export interface RoundsDone {
  readonly rounds: number;
  readonly planned: number;
  /** Why the measurement ended. */
  readonly ended: "stopped" | "settled" | "time";
}

/** What the reader can do about a notice, in the caller's words: its flags, for example. */
export interface NoticeRemedies {
  /** There was no time for all rounds. */
  readonly time?: string;
  /** The measurement ended when every difference was settled. */
  readonly settled?: string;
  /** The first round was slow. */
  readonly slowStart?: string;
}

/** What the reader should know about the measurement, as sentences without a full stop: each with its cause and remedy. */
export function noticesOn(
  modes: readonly ComparedMode[],
  { rounds, planned, ended }: RoundsDone,
  remedies: NoticeRemedies = {},
): string[] {
  const causes = {
    stopped: "it was stopped",
    settled: `every difference was settled${inBrackets(remedies.settled)}`,
    time: `time was up${inBrackets(remedies.time)}`,
  };
  const fewer = rounds < planned ? [`only ${rounds} of ${plural(planned, "round")} were run: ${causes[ended]}`] : [];
  return [...fewer, ...shortRuns(modes), ...modes.flatMap((mode) => slowRounds(mode, remedies))];
}

function shortRuns(modes: readonly ComparedMode[]): string[] {
  const runs = modes.map((one) => ({ mode: one.mode, ms: median(timesOf(one)) }));
  const { mode, ms } = runs.reduce((a, b) => b.ms < a.ms ? b : a);
  if (ms >= shortMs) return [];
  return [
    `a run of ${mode} took only ${formatDuration(ms)}, so its start and end distort it: give more items or more time`,
  ];
}

function slowRounds(one: ComparedMode, { slowStart }: NoticeRemedies): string[] {
  const times = timesOf(one);
  const middle = median(times);
  return outliers(times).filter((i) => times[i] > minOutlierFactor * middle).map((i) => {
    const what = `round ${i + 1} of ${one.mode} took ${threeDigits(times[i] / middle)}× its median (still counted)`;
    return i === 0 && slowStart !== undefined ? `${what}; if that recurs: ${slowStart}` : what;
  });
}

function inBrackets(remedy: string | undefined): string {
  return remedy === undefined ? "" : ` (${remedy})`;
}

function timesOf({ samples }: ComparedMode): number[] {
  return samples.filter(({ round }) => round > 0).map(({ elapsedMs }) => elapsedMs);
}
