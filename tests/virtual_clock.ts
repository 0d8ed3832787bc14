import type { Clock } from "../lib/clock.ts";

/** A thread whose blocking waits are timers of a virtual clock. */
export interface VirtualThread {
  /** Resolves when the thread is parked and main has everything that it sent. */
  settle(): Promise<void>;
  /** When the thread is to be woken; Infinity if time does not wake it. */
  wake(): number;
  /** Sets the thread's time. */
  publish(now: number): void;
}

/** A clock that jumps to the next due wait as soon as everything is idle. It stands still while no wait is open. */
export interface VirtualClock extends Clock {
  /** How many waits are open. */
  open(): number;
}

/** A jump of more than this, in milliseconds, may pass over a wait that nobody has asked for yet. */
const farMs = 100;

interface Open {
  readonly at: number;
  readonly end: () => void;
}

/**
 * Time starts at 0. Waits that are due at the same time end one by one, oldest first, before those of a thread. `turns`: so many
 * turns the timers get before a far jump, for whoever needs them to ask for an earlier wait. `begin`: time stands still until it
 * resolves, however many waits are open.
 */
export function virtualClock(thread?: VirtualThread, turns = 0, begin?: Promise<void>): VirtualClock {
  const waits = new Set<Open>();
  let now = 0;
  let running = false;

  function earliest(): Open | undefined {
    let first: Open | undefined;
    for (const wait of waits) if (!first || wait.at < first.at) first = wait;
    return first;
  }

  async function run(): Promise<void> {
    running = true;
    await begin;
    for (await idle(); waits.size > 0; await idle()) {
      for (let turn = 0; turn < turns && isFar(earliest()); turn++) await timerTurn();
      if (!isDue(earliest())) {
        await thread?.settle();
        now = Math.max(now, Math.min(earliest()?.at ?? now, thread?.wake() ?? Infinity));
        thread?.publish(now);
      }
      const first = earliest();
      if (first && isDue(first)) {
        waits.delete(first);
        first.end();
      }
    }
    running = false;
  }

  function isFar(wait: Open | undefined): boolean {
    return wait !== undefined && wait.at > now + farMs;
  }

  function isDue(wait: Open | undefined): boolean {
    return wait !== undefined && wait.at <= now;
  }

  return {
    now: () => now,
    wait(ms) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const wait = { at: now + ms, end: resolve };
      waits.add(wait);
      if (!running) run();
      return { done: promise, cancel: () => void waits.delete(wait) };
    },
    open: () => waits.size,
  };
}

/** Resolves when timers and what was due with them have had their turn. */
function timerTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

/** Resolves in the next turn of the event loop: everything that was ready has run. */
export async function idle(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    const { port1, port2 } = new MessageChannel();
    await new Promise<void>((resolve) => {
      port1.onmessage = () => resolve();
      port2.postMessage(undefined);
    });
    port1.close();
  }
}
