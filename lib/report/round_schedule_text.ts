import type { RoundSchedule } from "../model/round_schedule.ts";
import { formatDuration } from "./units.ts";
import type { Progressing } from "./progress_text.ts";
import { plural, whole } from "./words.ts";

/** How often each item will run, and what was left out to keep the time: a line each. */
export function scheduleLines(schedule: RoundSchedule): string[] {
  return schedule.once === undefined ? repeatedLines(schedule) : onceLines(schedule, schedule.once);
}

function repeatedLines(schedule: RoundSchedule): string[] {
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
    lines.push(
      `${formatDuration(schedule.maxMs)} are enough for ${which}${fewerRounds(schedule)}; for more: --max-time.`,
    );
  }
  return lines;
}

function onceLines(schedule: RoundSchedule, taken: number): string[] {
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

/** How many rounds there will be, and how many runs in each. */
export type Rounds = Pick<RoundSchedule, "rounds" | "warmupRounds" | "runsPerRound">;

/** Where `run` runs of the rounds lead: `round 7/12`. */
export function roundProgress(run: number, { rounds, warmupRounds, runsPerRound }: Rounds): Progressing {
  const total = (rounds + warmupRounds) * runsPerRound;
  const round = Math.max(1, Math.ceil(run / runsPerRound)) - warmupRounds;
  return { what: round > 0 ? `round ${round}/${rounds}` : "warm-up", share: run / total };
}
