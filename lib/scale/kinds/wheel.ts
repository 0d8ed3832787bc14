import { systemClock } from "../../clock.ts";
import type { Census, Parking } from "../parking.ts";

/** How long the tasks sleep at least, and how far apart the last ones wake. */
const sleepMs = 3_600_000;

/**
 * Async functions that sleep by one timer which all share (Varghese and Lauck 1987, "Hashed and hierarchical timing wheels"):
 * each awaits a promise of its own, in the slot of the tick at which it is due.
 */
export function parkOnWheel(_capacity: number, census: Census): Parking {
  const wheel = new TimerWheel(1000);
  const task = async () => {
    const ms = sleepMs + census.started++;
    await wheel.sleep(ms);
    census.end();
  };
  return {
    start: () => void task(),
    end() {
      wheel.close();
      return census.allEnded;
    },
  };
}

/** One timer, which ticks for all who sleep. */
class TimerWheel {
  readonly #tickMs: number;
  readonly #due = new Map<number, (() => void)[]>();
  readonly #startMs = systemClock.now();
  #wait = systemClock.wait(0);

  constructor(tickMs: number) {
    this.#tickMs = tickMs;
    this.#tick(0);
  }

  /** Resolves at the first tick that is not before `ms` from now. */
  sleep(ms: number): Promise<void> {
    const tick = Math.ceil((systemClock.now() - this.#startMs + ms) / this.#tickMs);
    return new Promise((resolve) => {
      const sleepers = this.#due.get(tick);
      if (sleepers === undefined) this.#due.set(tick, [resolve]);
      else sleepers.push(resolve);
    });
  }

  /** Wakes all at once, and stops the timer. */
  close(): void {
    this.#wait.cancel();
    for (const tick of this.#due.keys()) this.#wake(tick);
  }

  #tick(tick: number): void {
    this.#wake(tick);
    this.#wait.cancel();
    this.#wait = systemClock.wait(this.#startMs + (tick + 1) * this.#tickMs - systemClock.now());
    this.#wait.done.then(() => this.#tick(tick + 1));
  }

  #wake(tick: number): void {
    for (const resolve of this.#due.get(tick) ?? []) resolve();
    this.#due.delete(tick);
  }
}
