import type { Wait } from "../../clock.ts";
import type { Progressing } from "../../report/progress_text.ts";
import type { Session } from "./session.ts";

export type { Progressing };

/** Time from the program's begin to the first painting by itself, and between two of them, in milliseconds. */
const periodMs = 200;

/** Tells what goes on. */
type Read = () => Progressing | Promise<Progressing>;

const eraseLine = "\r\x1b[K";

/** Loaded when something is painted: not where stderr is a pipe. */
const loadText = async () => (await import("../../report/progress_text.ts")).progressText;

/**
 * The progress line of all commands: one line on stderr, only where that is a terminal whose line can be painted again. Ctrl-C and its
 * like end it at once, so that no half line is left, however the program ends.
 */
export class Progress implements AsyncDisposable {
  readonly #session: Pick<Session, "stderr" | "clock" | "began" | "stop">;
  readonly #quiet: boolean;
  #read: Read = () => ({ what: "" }); // replaced before the first painting
  #wait: Wait | undefined;
  #painted = false;
  /** Where the time begins that the ETA follows from. */
  #startMs: number | undefined;
  /** Whether it will not begin anew. */
  #started = false;

  /** `quiet`: nothing is painted. */
  constructor(
    session: Pick<Session, "stderr" | "clock" | "began" | "stop">,
    { quiet = false }: { readonly quiet?: boolean } = {},
  ) {
    this.#session = session;
    this.#quiet = quiet;
  }

  /** Whether a line can be painted. */
  get isShown(): boolean {
    return this.#columns() !== undefined;
  }

  /** Paints now: for commands that measure, before the first measured run and between two of them. */
  async show(now: Progressing): Promise<void> {
    if (this.#columns() === undefined) return;
    await this.#paint(now, await loadText());
  }

  /**
   * Paints by itself every 200 ms from now on, but not before the program has run that long: for commands that do not measure.
   * `read` tells what goes on; another call replaces it.
   */
  start(read: Read): void {
    this.#read = read;
    if (this.#wait !== undefined || this.#columns() === undefined) return;
    const { clock, began } = this.#session;
    this.#startMs = clock.now();
    this.#started = true;
    this.#paintAfter(Math.max(0, began.ms + periodMs - clock.now()));
  }

  /** Makes room for another line. */
  async erase(): Promise<void> {
    if (!this.#painted) return;
    this.#painted = false;
    await this.#write(eraseLine);
  }

  /** Erases the line; it is not painted again by itself. */
  async end(): Promise<void> {
    this.#session.stop.removeEventListener("abort", this.#onStop);
    this.#wait?.cancel();
    this.#wait = undefined;
    await this.erase();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end();
  }

  readonly #onStop = () => void this.end();

  /** Columns of the line; undefined if nothing may be painted. */
  #columns(): number | undefined {
    const { stderr, stop } = this.#session;
    return this.#quiet || stop.aborted ? undefined : stderr.lineColumns();
  }

  #paintAfter(ms: number): void {
    const wait = this.#session.clock.wait(ms);
    this.#wait = wait;
    wait.done.then(async () => {
      const [now, text] = await Promise.all([this.#read(), loadText()]);
      if (this.#wait !== wait) return; // ended meanwhile
      await this.#paint(now, text);
      if (this.#wait === wait) this.#paintAfter(periodMs);
    });
  }

  async #paint(now: Progressing, text: Awaited<ReturnType<typeof loadText>>): Promise<void> {
    const { stderr, stop } = this.#session;
    const width = this.#columns();
    if (width === undefined) return;
    stop.addEventListener("abort", this.#onStop); // the same listener again is none
    this.#painted = true;
    await this.#write(`${eraseLine}${text(now, this.#elapsedMs(now), { ...stderr.style, width })}`);
  }

  /** Time since the first share, or since `start`; until then, since the first painting. */
  #elapsedMs({ share }: Progressing): number {
    const nowMs = this.#session.clock.now();
    if (this.#startMs === undefined || share !== undefined && !this.#started) this.#startMs = nowMs;
    this.#started ||= share !== undefined;
    return nowMs - this.#startMs;
  }

  async #write(text: string): Promise<void> {
    await this.#session.stderr.write(text).catch(() => {}); // results matter, progress does not
  }
}
