/** Which failed items run again, and how long they may wait for it; how often they may is the run's business. */
export interface RetryPolicy {
  /** Longest pause before an attempt, in milliseconds. */
  readonly maxMs: number;
  /** Names of the errors that are worth another attempt; undefined: all are. */
  readonly names?: readonly string[];
}
