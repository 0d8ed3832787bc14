import {
  abortSignalTimeout,
  Deno,
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

/** Milliseconds since `epoch` (a time of `Date.now()`), the same in all threads of the program; never goes back. */
export function clockSince(epoch: number): () => number {
  const offset = timeOrigin - epoch;
  return () => offset + now();
}

/** When the clock was 0, as a time of `Date.now()`: `clockSince` makes the same clock of it in other threads. */
export function epochOf(clock: Clock): number {
  return timeOrigin + now() - clock.now();
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

/** The longest pause before a file that was not ready is read again, in milliseconds. */
const maxReadyMs = 16;

/**
 * Repeats a read until its file is ready: another program, which shares a pipe or a terminal with us, may have made it
 * non-blocking, and Deno then throws where it should wait. Not for writes: Deno may have written a part, and does not say how much.
 */
export async function untilReady<T>(call: () => Promise<T>, clock: Pick<Clock, "wait"> = systemClock): Promise<T> {
  for (let ms = 1;; ms = min(2 * ms, maxReadyMs)) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof Deno.errors.WouldBlock)) throw error;
    }
    await clock.wait(ms).done;
  }
}
