/** What a job is told besides its item. */
export interface JobContext {
  /** Aborts when the work is no longer wanted. */
  readonly signal: AbortSignal;
  /** The item's 0-based place in the input. */
  readonly index: number;
  /** Which thread runs it, from 0. */
  readonly thread: number;
  /** What `setup` returned in this thread. */
  readonly state: unknown;
}

/**
 * A loaded job: what a user's module exports. `run` may be any kind of function. A plain or async one returns its item's one
 * value, or a promise of it. A generator function, sync or async, gives any number of values; whoever calls it knows it by its
 * tag (`[object AsyncGeneratorFunction]`), not by what comes back: a plain function that returns a generator returns a value
 * that is not JSON.
 */
export interface Job {
  readonly run: (item: unknown, context: JobContext) => unknown;
  readonly setup?: (context: { readonly thread: number }) => unknown;
  readonly teardown?: (state: unknown) => unknown;
  /** Items to try it with: `compare` takes them where no others are given. */
  readonly items?: unknown;
}
