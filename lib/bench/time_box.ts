import type { Clock } from "../clock.ts";
import { NoWholeRound, type TimeTaken } from "../errors.ts";

/** The time that a measurement may take. */
export interface TimeBox extends Disposable {
  /** When the work should be over, by the clock, in milliseconds: before the time is up, so that what runs can end. */
  readonly deadline: number;
  /** Aborts at the deadline (its reason: no whole round), or when the caller stops the measurement. */
  readonly signal: AbortSignal;
  /** Time until the deadline, in milliseconds. */
  leftMs(): number;
}

/** What runs at the deadline may take a second to end (see exec/pool), and no more than this share of the time. */
const endMs = 1_000;
const endShare = 0.2;

/** Opens a box of `maxMs` milliseconds from `startMs` on. `stop` is the caller's signal. */
export function openTimeBox(clock: Clock, startMs: number, maxMs: number, stop: AbortSignal): TimeBox {
  const deadline = startMs + maxMs - Math.min(endMs, endShare * maxMs);
  const leftMs = () => Math.max(0, deadline - clock.now());
  const limit = clock.wait(leftMs());
  const over = new AbortController();
  limit.done.then(() => over.abort(new NoWholeRound(maxMs)));
  const signal = AbortSignal.any([stop, over.signal]);
  return { deadline, signal, leftMs, [Symbol.dispose]: () => limit.cancel() };
}

/** The reason of a box's signal, and what took the time, if it was up. */
export function timeUpIn(reason: unknown, taken: TimeTaken): unknown {
  return reason instanceof NoWholeRound ? new NoWholeRound(reason.maxMs, taken) : reason;
}

/** The limit of a box in which the work can take so long from its start on, in milliseconds. */
export function limitFor(workMs: number): number {
  return Math.min(workMs + endMs, workMs / (1 - endShare));
}
