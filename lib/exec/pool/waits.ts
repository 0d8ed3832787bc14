import type { Clock, Wait } from "../../clock.ts";

/** How long running items may take to end after Ctrl-C, in milliseconds. */
export const stopGraceMs = 1_000;

/** The back-off before an item's second attempt, and the longest one, in milliseconds. */
const [firstBackOffMs, maxBackOffMs] = [100, 60_000];

/** The back-off before an item's attempt, counted from 1, in milliseconds: it doubles for each. */
export function backOffMs(attempt: number): number {
  return Math.min(maxBackOffMs, firstBackOffMs * 2 ** (attempt - 2));
}

/** Delayed actions of a run, cancelled when it ends. */
export class Waits {
  readonly #clock: Clock;
  readonly #open = new Set<Wait>();

  constructor(clock: Clock) {
    this.#clock = clock;
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
