/** A running source of values, produced by a task or by a thread. */
export interface Producer<T> {
  readonly items: AsyncIterableIterator<T>;
  /** Starts producing. Before that the producer is ready and silent. */
  start(): void;
  /** How many values have been sent so far. */
  sent(): number;
  /** Resolves when the producer has ended: no timer and no thread of it is left. */
  readonly ended: Promise<Ending>;
}

/** How a producer ended: the value that it could not send because it found its channel closed, if it noticed. */
export interface Ending {
  readonly unsent?: number;
}
