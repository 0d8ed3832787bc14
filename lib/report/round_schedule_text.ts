import { formatDuration } from "./units.ts";
import { eta, plural, whole } from "./words.ts";

/** What will be done to the items. */
export interface RoundSchedule {
  readonly items: number;
  readonly itemsGiven: number;
  /** How often a run goes through its items. */
  readonly passes: number;
  readonly rounds: number;
  readonly roundsWanted: number;
  readonly warmupRounds: number;
  readonly runsPerRound: number;
  /** Items that run once more in each run. */
  readonly warmup: number;
  /** Items that ran once to calibrate. */
  readonly calibrated: number;
  readonly maxMs: number;
  /** How many items will run if each runs once at most; undefined if they run again and again. */
  readonly once: number | undefined;
}

/** How often each item will run, and what was left out to keep the time; `moreTime` says how to give more of it. */
export function scheduleText(schedule: RoundSchedule, moreTime?: string): string {
  const lines = schedule.once === undefined ? repeatedText(schedule, moreTime) : onceText(schedule, schedule.once);
  return `${lines.join("\n")}\n`;
}

function repeatedText(schedule: RoundSchedule, moreTime: string | undefined): string[] {
  const { items, itemsGiven, passes, rounds, roundsWanted, warmupRounds, runsPerRound, warmup, calibrated } = schedule;
  const runs = (rounds + warmupRounds) * runsPerRound * passes;
  const which = items === 1 ? "The item runs" : `Each of ${plural(items, "item")} runs`;
  const times = passes === 1 ? "" : `, ${plural(passes, "time")} in each`;
  const first = warmup === 1 ? "the first one once more in each run" : `up to ${whole(warmup)} once more in each run`;
  const lines = [
    `${which} ${plural(runs, "time")} (${roundsOf(schedule)} of ${
      plural(runsPerRound, "run")
    }${times}), ${first} to warm up; ${whole(calibrated)} ran once to calibrate.`,
  ];
  if (items < itemsGiven || rounds < roundsWanted) {
    const which = items < itemsGiven
      ? `${whole(items)} of ${plural(itemsGiven, "item")}, drawn by the seed`
      : "all items";
    const more = moreTime === undefined ? "" : `; ${moreTime}`;
    lines.push(`${formatDuration(schedule.maxMs)} are enough for ${which}${fewerRounds(schedule)}${more}.`);
  }
  return lines;
}

function onceText(schedule: RoundSchedule, taken: number): string[] {
  const { items, itemsGiven, runsPerRound, calibrated, rounds, roundsWanted } = schedule;
  const all = `The first ${whole(taken + calibrated)} of ${plural(itemsGiven, "item")} run once each`;
  const lines = [
    `${all}: ${whole(items)} in each of ${roundsOf(schedule)} of ${
      plural(runsPerRound, "run")
    }, the others to warm up and to calibrate.`,
  ];
  if (rounds < roundsWanted) lines.push(`Time and items are enough for ${rounds} of ${plural(roundsWanted, "round")}.`);
  return lines;
}

function roundsOf({ rounds, warmupRounds }: RoundSchedule): string {
  const warmup = warmupRounds === 0 ? "" : ` and ${warmupRounds} to warm up`;
  return `${plural(rounds, "round")}${warmup}`;
}

function fewerRounds({ rounds, roundsWanted }: RoundSchedule): string {
  return rounds < roundsWanted ? `, and ${rounds} of ${plural(roundsWanted, "round")}` : "";
}

/** `round 7/12  47 %  ETA 9 s`, for a terminal, after `run` runs. */
export function roundProgress(
  run: number,
  { rounds, warmupRounds, runsPerRound }: Pick<RoundSchedule, "rounds" | "warmupRounds" | "runsPerRound">,
  elapsedMs: number,
): string {
  const total = (rounds + warmupRounds) * runsPerRound;
  const round = Math.ceil(run / runsPerRound) - warmupRounds;
  const name = round > 0 ? `round ${round}/${rounds}` : "warm-up";
  return `${name}  ${Math.floor(100 * run / total)} %  ${eta(run, total, elapsedMs)}`;
}
