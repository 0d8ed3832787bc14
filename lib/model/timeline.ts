/** A run's document has so many attempts, at most: more of them than a page is pixels wide cannot be told apart. */
export const maxAttempts = 2_000;

/** How an attempt of an item ended, in the words of a document and of a page. */
export const attemptEnds = ["ok", "failed", "retried", "lost"] as const;

/** `retried`: it failed, and the item ran again. `lost`: it was cut off with its thread. */
export type AttemptEnd = typeof attemptEnds[number];

/** An attempt of an item: where it ran, and from when to when. */
export interface TimelineAttempt {
  /** Counted from 0, as the trace counts them. */
  readonly thread: number;
  /** Which of the items that the thread ran at once it was, from 0: no two attempts of one thread and task overlap. */
  readonly task: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly line: number;
  /** Counted from 1. */
  readonly attempt: number;
  readonly outcome: AttemptEnd;
}

/** What happened to a thread. `steal`: that many items that had not started were taken back from it, for an idle one. */
export type TimelineEvent =
  | { readonly kind: "steal"; readonly thread: number; readonly atMs: number; readonly items: number }
  | { readonly kind: "restart"; readonly thread: number; readonly atMs: number };

/** What the threads of a run did when, from its begin on. Times are milliseconds since the run began to read. */
export interface RunTimeline {
  /** The first attempts that ended, `maxAttempts` of them at most, by thread, task and start. */
  readonly attempts: readonly TimelineAttempt[];
  /** How many attempts ended after these, or at a time that nobody knows. */
  readonly leftOut: number;
  /** What happened until then, by time. */
  readonly events: readonly TimelineEvent[];
}
