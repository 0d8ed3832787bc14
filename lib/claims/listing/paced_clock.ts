import { type Clock, nextTurn } from "../../clock.ts";

interface Open {
  readonly at: number;
  readonly end: () => void;
}

/**
 * A clock that is `speed` times as fast as the real one, and on which no wait is late: waits end one by one, in the order in which
 * they are due, and `now` is then the time at which the wait was due. A wait that is asked for in between has its place in that
 * order. So a slow machine makes a run longer, and changes nothing in it.
 */
export function pacedClock(real: Clock, speed: number): Clock {
  const waits = new Set<Open>();
  let startMs: number | undefined;
  let now = 0;
  let running = false;
  let look = () => {}; // ends the pause: another wait may be the earliest

  async function run(): Promise<void> {
    running = true;
    for (await nextTurn(); waits.size > 0; await nextTurn()) {
      const first = earliest(waits);
      const leftMs = startMs! + first.at / speed - real.now();
      if (leftMs > 0) {
        await pause(leftMs);
      } else {
        waits.delete(first);
        now = first.at;
        first.end();
      }
    }
    running = false;
  }

  async function pause(ms: number): Promise<void> {
    const looked = Promise.withResolvers<void>();
    look = looked.resolve;
    const wait = real.wait(ms);
    await Promise.race([wait.done, looked.promise]);
    wait.cancel();
  }

  return {
    now: () => now,
    wait(ms) {
      startMs ??= real.now();
      const { promise, resolve } = Promise.withResolvers<void>();
      const wait = { at: now + Math.max(0, ms), end: resolve };
      waits.add(wait);
      look();
      if (!running) void run();
      return { done: promise, cancel: () => void (waits.delete(wait) && look()) };
    },
  };
}

/** The first one due; of those that are due together, the one that was asked for first. */
function earliest(waits: Iterable<Open>): Open {
  let first: Open | undefined;
  for (const wait of waits) if (first === undefined || wait.at < first.at) first = wait;
  return first!;
}
