import { type Clock, systemClock, type Wait } from "../../clock.ts";
import { progressLine, type RunProgress } from "../../report/run_text.ts";
import type { Output } from "./output.ts";

/** Time between two paintings, in milliseconds. */
const periodMs = 200;

const eraseLine = "\r\x1b[K";

/** The progress line of a run on a terminal. */
export class ProgressPainter {
  readonly #stderr: Output;
  readonly #look: () => Promise<RunProgress>;
  readonly #clock: Clock;
  #wait: Wait | undefined;
  #painted = false;

  constructor(stderr: Output, look: () => Promise<RunProgress>, clock: Clock = systemClock) {
    this.#stderr = stderr;
    this.#look = look;
    this.#clock = clock;
  }

  /** Paints again and again until `stop`. */
  start(): void {
    this.#wait = this.#clock.wait(periodMs);
    this.#wait.done.then(async () => {
      const { width, unicode } = this.#stderr.style;
      const progress = await this.#look();
      if (this.#wait === undefined) return; // the run has ended meanwhile
      this.#painted = true;
      await this.#stderr.write(`${eraseLine}${progressLine(progress, width, unicode)}`).catch(() => {});
      if (this.#wait !== undefined) this.start();
    });
  }

  /** Makes room for a line of another kind. */
  async erase(): Promise<void> {
    if (!this.#painted) return;
    this.#painted = false;
    await this.#stderr.write(eraseLine);
  }

  async stop(): Promise<void> {
    this.#wait?.cancel();
    this.#wait = undefined;
    await this.erase();
  }
}
