import type { ClaimReason } from "../../model/reason.ts";
import type { Shown } from "../../streams/listing_17_41.ts";

/** Who produces the intervals: a task (Listing 17-40) or a thread (Listing 17-41). */
export type Side = "task" | "thread";

/** What a run of the listing has printed. */
export interface Printed {
  readonly items: readonly Shown[];
  /** How many intervals had been sent and not received when the last item came. */
  readonly backlog: number;
  /** The interval that the producer says it could not send; null if it says nothing. */
  readonly unsent: number | null;
}

/** Runs of the listing, by round: a task and a thread produce the intervals at the same time. */
export type Rounds = readonly Readonly<Record<Side, Printed>>[];

/** What was printed. */
export interface ListingsFound {
  /** On a fast clock. */
  readonly fast: Rounds;
  /** On the real clock. */
  readonly real: Rounds;
  /** Why there are none on the real clock; null if there are some. */
  readonly noReal: ClaimReason | null;
}
