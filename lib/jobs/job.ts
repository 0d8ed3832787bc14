/** What a job gets besides its item. */
export interface JobContext {
  /** Aborts when the result is no longer needed. */
  readonly signal: AbortSignal;
  /** The item's 0-based place in the input. */
  readonly index: number;
  /** Which thread runs it, from 0. */
  readonly thread: number;
  /** What `setup` returned in this thread. */
  readonly state: unknown;
}

/**
 * A loaded job: what a user's module exports. `run` may be any kind of function. A plain or async function returns the one
 * value of its item, or a promise of it. A generator function, sync or async, gives any number of values. The caller
 * recognizes it by its tag (`[object AsyncGeneratorFunction]`), not by its return value: a plain function that returns a
 * generator returns a value that is not JSON.
 */
export interface Job {
  readonly run: (item: unknown, context: JobContext) => unknown;
  readonly setup?: (context: { readonly thread: number }) => unknown;
  readonly teardown?: (state: unknown) => unknown;
  /** Items to try the job with: `compare` uses them if no others are given. */
  readonly items?: unknown;
}
