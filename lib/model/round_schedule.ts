/** What will be done to the items. */
export interface RoundSchedule {
  /** Items of a run. */
  readonly items: number;
  /** Items that were given. */
  readonly itemsGiven: number;
  /** How often a run goes through its items. */
  readonly passes: number;
  /** Rounds that count. */
  readonly rounds: number;
  /** Rounds that were asked for. */
  readonly roundsWanted: number;
  /** Rounds before them that do not count. */
  readonly warmupRounds: number;
  /** How many runs a round has. */
  readonly runsPerRound: number;
  /** Items that run once more in each run. */
  readonly warmup: number;
  /** Items that ran once to calibrate. */
  readonly calibrated: number;
  /** The time limit for all of it, in milliseconds. */
  readonly maxMs: number;
  /** How many items will run if each runs once at most; undefined if they run again and again. */
  readonly once: number | undefined;
}
