import {
  abortSignalTimeout,
  leaveSignal,
  listenTo,
  listenToSignal,
  max,
  min,
  now,
  Promise,
  setImmediate,
  setTimeout,
  timeOrigin,
  withResolvers,
} from "./natives.ts";

/** A cancellable wait. `done` resolves once; `cancel` makes it never resolve and frees the timer. */
export interface Wait {
  readonly done: Promise<void>;
  cancel(): void;
}

/** The only access to time on an event loop, in milliseconds. `now` never goes back. */
export interface Clock {
  now(): number;
  wait(ms: number): Wait;
}

/** Time for a thread that may block. */
export interface BlockingClock {
  /** Blocks the thread for `ms`, or until word 0 of `gate` is no longer `value`. Whoever changes the word must notify. */
  block(ms: number, gate: Int32Array, value: number): void;
}

const { wait } = Atomics;

/**
 * Between which times of its starter a thread or process was started. Every thread takes its `timeOrigin` from the wall clock
 * when it starts, so after a step of that clock, or a sleep, the origins of two threads do not compare. How long they took to
 * start does: within that time the new thread's origin lies.
 */
export interface Start {
  readonly from: number;
  readonly to: number;
}

/** The current time, for a `Start`: this thread's `timeOrigin`, and what has passed since. The wall clock cannot move it. */
export function startTime(): number {
  return timeOrigin + now();
}

/**
 * This thread's `timeOrigin` as its starter's clock has it. Where the wall clock has moved in between, the latest time that is
 * possible: what happens in this thread then seems later than it was, by less than its start took, and no time limit is over early.
 */
export function originWithin({ from, to }: Start, origin: number = timeOrigin): number {
  return from <= origin && origin <= to ? origin : to;
}

/** The clock of the thread that started this one and that was 0 at `epoch`; it never goes back. */
export function clockSince(epoch: number, started: Start): () => number {
  const offset = originWithin(started) - epoch;
  return () => offset + now();
}

/** When the clock was 0, as `startTime` of this thread tells it: `clockSince` makes the same clock of it in other threads. */
export function epochOf(clock: Clock): number {
  return startTime() - clock.now();
}

/**
 * Calls back once, `ms` from now. A job that has replaced or frozen what Deno makes timers of, before they are first asked for,
 * leaves none.
 */
export function after(ms: number, callback: () => void): void {
  let timer: typeof globalThis.setTimeout;
  try {
    timer = setTimeout();
  } catch {
    return listenTo(abortSignalTimeout(ms), "abort", callback);
  }
  timer(callback, ms);
}

/** Resolves in the next turn of the event loop, after all promises that can settle by themselves. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate()(resolve));
}

/** How long main may be held in one turn of the event loop before others get one, in milliseconds: a signal is heard within 50 ms. */
const heldMs = 25;

/**
 * For several steps that each hold the event loop, awaited between two: it lets the loop take its next turn if they have taken 25 ms
 * since the last one.
 */
export function turnTaker(clock: Clock): () => Promise<void> {
  let since = clock.now();
  return async () => {
    if (clock.now() - since < heldMs) return;
    await clock.wait(0).done; // not setImmediate, for which Deno loads a part of Node
    since = clock.now();
  };
}

/** The platform's timers count in 32 bits, which end at 24.8 days: a longer one would be over at once. */
const maxWaitMs = 2 ** 31 - 1;

/**
 * The system clock. Its waits are the platform's `AbortSignal.timeout`: as exact as `setTimeout`, but they need nothing of Node,
 * which takes 4 ms to load. `wait(1)` takes 2.2 ms in Deno 2.9, so a task cannot tick faster. Only an open wait keeps the process
 * alive. None is longer than `maxWaitMs`.
 */
export const systemClock: Clock = {
  now,
  wait(ms) {
    const { promise, resolve } = withResolvers<void>();
    const signal = abortSignalTimeout(min(max(0, ms), maxWaitMs));
    const end = () => resolve();
    listenToSignal(signal, "abort", end);
    return { done: promise, cancel: () => leaveSignal(signal, "abort", end) };
  },
};

/** The system clock of a thread that may block: `Atomics.wait`, which takes about 1.06 ms for 1 ms. */
export const systemBlockingClock: BlockingClock = {
  block(ms, gate, value) {
    wait(gate, 0, value, ms);
  },
};
