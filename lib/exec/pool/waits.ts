import type { Clock, Wait } from "../../clock.ts";
import { msSince } from "../wire/block.ts";
import type { StartTime } from "../wire/numbers.ts";
import type { RetryPolicy } from "../wire/retry_policy.ts";

/** How long running items may take to end after Ctrl-C, in milliseconds. */
export const stopGraceMs = 1_000;

/** The longest back-off before an item's second attempt, the shortest and the longest of all, in milliseconds. */
const [firstBackOffMs, minBackOffMs, maxBackOffMs] = [100, 10, 60_000];

/** How long an item rests that has failed. */
export interface BackOff {
  /** The attempt that follows, counted from 1. */
  readonly attempt: number;
  /** What its error asks for, in milliseconds. */
  readonly afterMs: number;
  /** The longest back-off, in milliseconds; a minute by default. */
  readonly maxMs?: number;
  readonly random: () => number;
}

/**
 * The pause before an attempt, in milliseconds: any time up to a bound that doubles with each attempt. This is the full jitter of
 * "Exponential Backoff And Jitter" (AWS Architecture Blog): of its kinds it calls a service that is overloaded least often, because
 * items that failed together do not come back together. But it is never so short that it would be none. Those that are told to
 * wait for the same time do not come back together either: they rest that long, and the back-off on top of it, as far as `maxMs`
 * lets them.
 */
export function backOffMs({ attempt, afterMs, maxMs = maxBackOffMs, random }: BackOff): number {
  const bound = Math.min(maxMs, firstBackOffMs * 2 ** (attempt - 2));
  const least = Math.min(minBackOffMs, bound);
  return Math.min(maxMs, afterMs + least + random() * (bound - least));
}

/** Delayed actions of a run, cancelled when it ends. */
export class Waits {
  readonly #clock: Clock;
  readonly #open = new Set<Wait>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Calls `act` once when the rest of an item that has failed is over. */
  backOff(
    failed: Pick<BackOff, "attempt" | "afterMs">,
    { retry, random }: { readonly retry?: RetryPolicy; readonly random: () => number },
    act: () => void,
  ): void {
    this.after(backOffMs({ ...failed, maxMs: retry?.maxMs, random }), act);
  }

  /** Calls `act` once, `ms` from now. */
  after(ms: number, act: () => void): void {
    const wait = this.#clock.wait(ms);
    this.#open.add(wait);
    wait.done.then(() => {
      this.#open.delete(wait);
      act();
    });
  }

  cancel(): void {
    for (const wait of this.#open) wait.cancel();
  }
}

/**
 * A wait that ends so much too late, in milliseconds, was held up: the whole program was stopped (Ctrl-Z), or its machine was. A
 * main thread that is only busy is not so late, and if it were for want of a core, items would want one too.
 */
const lateMs = 100;

/** A stop that is not looked for more often than this, in milliseconds, counts as time by as much. */
const tickMs = 250;

/** When the program was stopped, so that no time limit counts it. Somebody has to wait with `wait`, or no stop is seen. */
export class Stops {
  readonly #clock: Clock;
  /** Stops that a running item may have seen: when each was over, by the clock, and how long it was. */
  #stops: { readonly end: number; readonly ms: number }[] = [];
  #totalMs = 0;
  #seenAt: number;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#seenAt = clock.now();
  }

  /** A part of a wait of `ms`, and how much is left of it afterwards. */
  wait(ms: number): { readonly wait: Wait; readonly leftMs: number } {
    const tick = Math.min(ms, tickMs);
    this.#see(0);
    return { wait: this.#clock.wait(tick), leftMs: ms - tick };
  }

  /** Call when a part of a wait is over. */
  waited(ms: number): void {
    this.#see(Math.min(ms, tickMs));
  }

  /** Milliseconds of the clock in which the program was not stopped. */
  now(): number {
    return this.#clock.now() - this.#totalMs;
  }

  /** How long an item has run that started then, without the stops since. */
  ranMs(since: StartTime): number {
    const now = this.#clock.now();
    const ageMs = msSince(since, now);
    let ran = ageMs;
    for (const { end, ms } of this.#stops) ran -= Math.max(0, Math.min(ms, ageMs - (now - end)));
    return ran;
  }

  /** Forgets the stops before all of these starts. */
  forget(starts: readonly StartTime[]): void {
    if (this.#stops.length === 0) return;
    const now = this.#clock.now();
    const oldestMs = Math.max(0, ...starts.map((since) => msSince(since, now)));
    this.#stops = this.#stops.filter(({ end }) => oldestMs > now - end);
  }

  #see(expectedMs: number): void {
    const now = this.#clock.now();
    const ms = now - this.#seenAt - expectedMs;
    this.#seenAt = now;
    if (ms <= lateMs) return;
    this.#stops.push({ end: now, ms });
    this.#totalMs += ms;
  }
}

/** A wait that does not end because the program was stopped: one that ends too late begins anew. */
export function waitThroughStops(clock: Clock, ms: number): Wait {
  const { promise, resolve } = Promise.withResolvers<void>();
  function begin(): Wait {
    const due = clock.now() + ms;
    const wait = clock.wait(ms);
    void wait.done.then(() => {
      if (clock.now() - due <= lateMs) resolve();
      else current = begin();
    });
    return wait;
  }
  let current = begin();
  return { done: promise, cancel: () => current.cancel() };
}
