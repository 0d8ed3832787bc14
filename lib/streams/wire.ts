/** Every message between main and the threads of lib/streams, and the words of their shared gate. */

/** Sent once to a thread: its gate, whose word 0 holds one of {@link gate}, and what it does. */
export interface Start {
  readonly gate: Int32Array;
  readonly everyMs: number;
  /** How many values are sent; the interval thread has no end of its own. */
  readonly count: number;
}

/** What a producing thread says. */
export type FromThread =
  | { readonly kind: "ready" }
  | { readonly kind: "value"; readonly value: number }
  /** The channel was found closed when this value was to be sent. */
  | { readonly kind: "unsent"; readonly value: number }
  | { readonly kind: "ended" };

/** The states of the gate: the thread waits, then ticks, then finds its channel closed. Main moves it on and notifies. */
export const gate = { waiting: 0, open: 1, closed: 2 } as const;

/** The book's text for a value that found its channel closed (Listing 17-40). */
export function unsentText(value: number): string {
  return `Could not send interval ${value}: channel closed`;
}
