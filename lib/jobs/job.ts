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
 * A loaded job: what a user's module exports. `run` may be any kind of function, so what it returns is a value, a promise
 * of one, or a generator, sync or async: whoever calls it looks at what came back.
 */
export interface Job {
  readonly run: (item: unknown, context: JobContext) => unknown;
  readonly setup?: (context: { readonly thread: number }) => unknown;
  readonly teardown?: (state: unknown) => unknown;
  /** Items to try it with: `compare` takes them where no others are given. */
  readonly items?: unknown;
}
