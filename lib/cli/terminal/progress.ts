import type { Clock, Wait } from "../../clock.ts";
import type { Output } from "./output.ts";

/** Time between two paintings, in milliseconds. */
const periodMs = 200;

const eraseLine = "\r\x1b[K";

/** The progress line of a command: one line on stderr, only where that is a terminal. */
export class Progress {
  readonly #stderr: Output;
  readonly #line: () => string | Promise<string>;
  readonly #clock: Clock;
  #wait: Wait | undefined;
  #painted = false;

  /** `line` makes the text when it is painted. */
  constructor(stderr: Output, line: () => string | Promise<string>, clock: Clock) {
    this.#stderr = stderr;
    this.#line = line;
    this.#clock = clock;
  }

  /** Paints again and again until `stop`. */
  start(): void {
    if (!this.#stderr.style.terminal) return;
    this.#wait = this.#clock.wait(periodMs);
    this.#wait.done.then(async () => {
      const line = await this.#line();
      if (this.#wait === undefined) return; // stopped meanwhile
      await this.#write(line);
      if (this.#wait !== undefined) this.start();
    });
  }

  /** Paints now: for a caller that measures, between the measured runs. */
  async paint(): Promise<void> {
    if (this.#stderr.style.terminal) await this.#write(await this.#line());
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

  async #write(line: string): Promise<void> {
    this.#painted = true;
    await this.#stderr.write(`${eraseLine}${line}`).catch(() => {}); // results matter, progress does not
  }
}
