import { roundProgress, type Rounds } from "../../report/round_schedule_text.ts";
import { Progress } from "./progress.ts";
import type { Session } from "./session.ts";

/** The progress line of a measuring suite, painted between its runs only. */
export class SuiteProgress {
  readonly #session: Pick<Session, "stderr" | "clock">;
  readonly #quiet: boolean;
  readonly #line: Progress;
  #text = "";
  #startMs: number | undefined;

  constructor(session: Pick<Session, "stderr" | "clock">, quiet = false) {
    this.#session = session;
    this.#quiet = quiet;
    this.#line = new Progress(session.stderr, () => this.#text, session.clock);
  }

  /** Says what goes on before the first round. */
  async begin(what: string): Promise<void> {
    await this.#show(what);
  }

  /** So many runs are over, of those that the rounds have; the first call tells when the first run begins. */
  async paint(runs: number, rounds: Rounds): Promise<void> {
    const now = this.#session.clock.now();
    this.#startMs ??= now;
    await this.#show(roundProgress(runs, rounds, now - this.#startMs));
  }

  /** Stopgap until the one component is there. */
  async show(what: string, share: number): Promise<void> {
    await this.#show(`${what}  ${Math.floor(100 * share)} %`);
  }

  async erase(): Promise<void> {
    await this.#line.erase();
  }

  /** Erases the line. */
  async end(): Promise<void> {
    await this.#line.stop();
  }

  async #show(text: string): Promise<void> {
    this.#text = text;
    if (!this.#quiet) await this.#line.paint();
  }
}
