import type { Clock } from "../../../lib/clock.ts";

/**
 * A clock whose waits of up to a second end in the next turn of the event loop. It records how long they should have been.
 * Longer ones, the limits of loading and closing, never end.
 */
export function eagerClock(waits: number[]): Clock {
  return {
    now: () => performance.now(),
    wait(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      if (ms > 1_000) return { done: promise, cancel: () => {} };
      waits.push(ms);
      const immediate = setImmediate(resolve);
      return { done: promise, cancel: () => clearImmediate(immediate) };
    },
  };
}

/** A clock whose waits end when the test says so. */
export function heldClock(): { readonly clock: Clock; readonly endAll: () => void } {
  const open = new Set<() => void>();
  return {
    clock: {
      now: () => performance.now(),
      wait() {
        const { promise, resolve } = Promise.withResolvers<void>();
        open.add(resolve);
        return { done: promise, cancel: () => void open.delete(resolve) };
      },
    },
    endAll: () => open.forEach((end) => end()),
  };
}
