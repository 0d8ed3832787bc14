import { roundProgress, type Rounds } from "../../report/round_schedule_text.ts";
import { Progress } from "./progress.ts";
import type { Session } from "./session.ts";

/** The progress line of a measuring suite, painted between its runs only. */
export class SuiteProgress {
  readonly #session: Pick<Session, "stderr" | "clock">;
  readonly #quiet: boolean;
  #line: Progress | undefined;
  #runs = 0;

  constructor(session: Pick<Session, "stderr" | "clock">, quiet = false) {
    this.#session = session;
    this.#quiet = quiet;
  }

  /** So many runs are over, of those that the rounds have; the first call tells when the first run begins. */
  async paint(runs: number, rounds: Rounds): Promise<void> {
    this.#runs = runs;
    const { stderr, clock } = this.#session;
    const startMs = clock.now();
    this.#line ??= new Progress(stderr, () => roundProgress(this.#runs, rounds, clock.now() - startMs), clock);
    if (!this.#quiet) await this.#line.paint();
  }

  /** Erases the line. */
  async end(): Promise<void> {
    await this.#line?.stop();
  }
}
