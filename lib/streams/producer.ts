/** A running source of values, produced by a task or by a thread. */
export interface Producer<T> {
  readonly items: AsyncIterableIterator<T>;
  /** Starts producing. Until then the producer is ready and sends nothing. */
  start(): void;
  /** How many values have been sent so far. */
  sent(): number;
  /** Resolves when the producer has ended, and its timers and its thread are gone. */
  readonly ended: Promise<Ending>;
}

/** How a producer ended. `unsent`: the value that it could not send because its channel was closed, if it noticed. */
export interface Ending {
  readonly unsent?: number;
}
