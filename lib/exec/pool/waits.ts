import type { Clock, Wait } from "../../clock.ts";

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
