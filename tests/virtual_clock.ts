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

/** Before a jump of more than this, in milliseconds, whoever needs more turns to ask for an earlier wait gets them. */
const farMs = 100;
const farTurns = 10;

interface Open {
  readonly at: number;
  readonly end: () => void;
}

/** Time starts at 0. Waits that are due at the same time end one by one, oldest first, before those of a thread. */
export function virtualClock(thread?: VirtualThread): VirtualClock {
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
    for (await idle(); waits.size > 0; await idle()) {
      if (!isDue(earliest())) {
        await thread?.settle();
        for (let turn = 0; turn < farTurns && next() > now + farMs; turn++) {
          await timerTurn();
          await thread?.settle();
        }
        now = Math.max(now, next());
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

  /** When a wait ends next, or the thread's. */
  function next(): number {
    return Math.min(earliest()?.at ?? now, thread?.wake() ?? Infinity);
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
