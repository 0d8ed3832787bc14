import type { Clock, Wait } from "../../clock.ts";

/** What is to happen after a while, unless the run ends before. */
export class Waits {
  readonly #clock: Clock;
  readonly #open = new Set<Wait>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Acts once, `ms` from now. */
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
