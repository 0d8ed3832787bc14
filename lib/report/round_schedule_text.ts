import { encode } from "./encode.ts";
import type { Style } from "./style.ts";
import { threeDigits } from "./units.ts";

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

/** How often each item will run, and what was left out to keep the time. */
export function scheduleText(plan: RoundSchedule, style: Style): string {
  const lines = plan.once === undefined ? repeatedText(plan) : onceText(plan, plan.once);
  return encode(`${lines.join("\n")}\n`, style);
}

function repeatedText(plan: RoundSchedule): string[] {
  const { items, itemsGiven, passes, rounds, roundsWanted, warmupRounds, runsPerRound, warmup, calibrated } = plan;
  const runs = (rounds + warmupRounds) * runsPerRound * passes;
  const which = items === 1 ? "The item runs" : `Each of ${count(items)} items runs`;
  const times = passes === 1 ? "" : `, ${count(passes)} times in each`;
  const first = warmup === 1 ? "the first one once more in each run" : `up to ${count(warmup)} once more in each run`;
  const lines = [
    `${which} ${count(runs)} times (${roundsOf(plan)} of ${runsPerRound} runs${times}), ${first} to warm up; ${
      count(calibrated)
    } ran once to calibrate.`,
  ];
  if (items < itemsGiven || rounds < roundsWanted) {
    const which = items < itemsGiven ? `${count(items)} of ${count(itemsGiven)} items, drawn by --seed` : "all items";
    lines.push(`${timeOf(plan)} leaves time for ${which}${fewerRounds(plan)}.`);
  }
  return lines;
}

function onceText(plan: RoundSchedule, taken: number): string[] {
  const { items, itemsGiven, runsPerRound, calibrated, rounds, roundsWanted } = plan;
  const all = `The first ${count(taken + calibrated)} of ${count(itemsGiven)} items run once each`;
  const lines = [
    `${all}: ${count(items)} in each of ${
      roundsOf(plan)
    } of ${runsPerRound} runs, the others to warm up and to calibrate.`,
  ];
  if (rounds < roundsWanted) lines.push(`Time and items are enough for ${rounds} of ${roundsWanted} rounds.`);
  return lines;
}

function roundsOf({ rounds, warmupRounds }: RoundSchedule): string {
  const warmup = warmupRounds === 0 ? "" : ` and ${warmupRounds} to warm up`;
  return `${rounds} round${rounds === 1 ? "" : "s"}${warmup}`;
}

function timeOf({ maxMs }: RoundSchedule): string {
  return `--max-time ${threeDigits(maxMs / 1000)}s`;
}

function fewerRounds({ rounds, roundsWanted }: RoundSchedule): string {
  return rounds < roundsWanted ? `, and ${rounds} of ${roundsWanted} rounds` : "";
}

/** `round 7/12  47 %  ETA 9 s`, for a terminal. */
export function compareProgress(run: number, plan: RoundSchedule, elapsedMs: number): string {
  const { rounds, warmupRounds, runsPerRound } = plan;
  const total = (rounds + warmupRounds) * runsPerRound;
  const left = Math.ceil(elapsedMs / run * (total - run) / 1000);
  const round = Math.ceil(run / runsPerRound) - warmupRounds;
  const name = round > 0 ? `round ${round}/${rounds}` : "warm-up";
  return `${name}  ${Math.floor(100 * run / total)} %  ETA ${left} s`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
