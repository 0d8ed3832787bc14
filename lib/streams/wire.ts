/** All messages between main and the threads of lib/streams, and the states of their shared gate. */

/** Sent once to a thread: its parameters, and its gate. Word 0 of the gate holds one of {@link gate}. */
export interface Start {
  readonly gate: Int32Array;
  readonly everyMs: number;
  /** How many values are sent; Infinity for the interval thread. */
  readonly count: number;
}

/** Messages of a producing thread. */
export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "value"; readonly value: number }
  /** This value could not be sent, because the channel was closed. */
  | { readonly kind: "unsent"; readonly value: number }
  | { readonly kind: "ended" };

/** The states of the gate: the thread waits, ticks, finds its channel closed. Main changes the state and notifies. */
export const gate = { waiting: 0, open: 1, closed: 2 } as const;
