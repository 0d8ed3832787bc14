import type { ComparedMode } from "../model/comparison.ts";
import { countedRuns } from "../model/metrics.ts";
import type { EarlyEnd, Notice } from "../model/reason.ts";
import { outliers } from "../stats/outliers.ts";
import { median } from "../stats/quantiles.ts";

/** In a run shorter than this, in milliseconds, the idle time of slots at its start and end matters. */
const shortMs = 50;

/** An outlier is worth mentioning if it took this many times the median. */
const minOutlierFactor = 1.1;

/** How many rounds were run, how many were planned, and why there are fewer. */
export interface RoundsDone {
  readonly rounds: number;
  readonly planned: number;
  readonly ended: EarlyEnd | null;
}

/** Errors of the job that failed no item, and the first one's message. */
export interface LateErrors {
  readonly errors: number;
  readonly first: string | undefined;
}

/** Whether fewer rounds were run than planned. */
export function fewerRounds({ rounds, planned, ended }: RoundsDone): Notice[] {
  return rounds < planned && ended !== null ? [{ kind: "fewer-rounds", rounds, planned, why: ended }] : [];
}

/** What the reader should know about the measurement. */
export function noticesOn(modes: readonly ComparedMode[], done: RoundsDone, late: LateErrors): Notice[] {
  const { errors, first: message } = late;
  const lateErrors: Notice[] = message === undefined ? [] : [{ kind: "late-errors", errors, message }];
  return [...lateErrors, ...fewerRounds(done), ...shortRuns(modes), ...modes.flatMap(slowRounds)];
}

function shortRuns(modes: readonly ComparedMode[]): Notice[] {
  const { mode, elapsedMs } = modes.reduce((a, b) => b.elapsedMs < a.elapsedMs ? b : a);
  return elapsedMs >= shortMs ? [] : [{ kind: "short-runs", mode, ms: elapsedMs }];
}

function slowRounds(cell: ComparedMode): Notice[] {
  const { mode } = cell;
  const times = countedRuns(cell).map(({ elapsedMs }) => elapsedMs);
  const middle = median(times);
  return outliers(times).filter((i) => times[i] > minOutlierFactor * middle)
    .map((i) => ({ kind: "slow-round", round: i + 1, mode, factor: times[i] / middle }));
}
