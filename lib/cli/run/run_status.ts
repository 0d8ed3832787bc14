import type { Clock } from "../../clock.ts";
import type { LineCounts } from "../../exec/input/line_source.ts";
import type { PoolEvent } from "../../exec/pool/run_options.ts";
import type { Finding } from "../../exec/pool/tuner.ts";
import type { Width } from "../../exec/pool/slot_reading.ts";
import type { RunResult } from "../../model/result.ts";
import { printable } from "../../report/printable.ts";
import { choiceText, progressLine, type RunProgress, runText } from "../../report/run_text.ts";
import type { Output } from "../terminal/output.ts";
import type { Written } from "./record_writer.ts";
import { Progress } from "../terminal/progress.ts";
import type { Session } from "../terminal/session.ts";

/** What the status reads while the run goes on. */
export interface RunView {
  readonly written: Written;
  width(): Width;
  counts(): LineCounts;
  /** Bytes of all inputs; undefined if that cannot be told. */
  totalBytes(): number | undefined;
  readonly limit: number | undefined;
  readonly shards: number;
  /** Items that are left out, because an earlier run has done them. */
  readonly skipped: number;
  /** Those of them that count in the end. */
  readonly before: { readonly ok: number; readonly failed: number };
  readonly isolate: "worker" | "process";
  oldest(): Promise<RunProgress["oldest"]>;
}

/** What a run says on stderr: progress on a terminal, what `auto` chose, and how it ended. */
export class RunStatus {
  readonly #view: RunView;
  readonly #stderr: Output;
  readonly #quiet: boolean;
  readonly #resultsOnTerminal: boolean;
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #progressLine: Progress;
  #total: { readonly bytes: number | undefined } | undefined;
  #announced = false;
  #restarts = 0;
  #retries = 0;
  #burns = false;

  constructor(view: RunView, session: Session, quiet: boolean) {
    const { stdout, stderr, clock, began } = session;
    this.#view = view;
    this.#stderr = stderr;
    this.#quiet = quiet;
    this.#resultsOnTerminal = stdout.style.terminal;
    this.#clock = clock;
    this.#startMs = began.ms;
    const { width } = stderr.style;
    this.#progressLine = new Progress(stderr, async () => progressLine(await this.#progress(), width), clock);
  }

  /** Begins to paint progress, unless results share the terminal with it. */
  start(): void {
    if (!this.#quiet && !this.#resultsOnTerminal) this.#progressLine.start();
  }

  /** Makes room on stderr for a line of another kind. */
  makeRoom(): Promise<void> {
    return this.#progressLine.erase();
  }

  /** Counts what happened, and warns of an error that no record tells of. */
  on(event: PoolEvent): void {
    switch (event.kind) {
      case "restart":
        this.#restarts++;
        return;
      case "killed":
        if (this.#view.isolate === "worker" && !this.#burns) {
          this.#burns = true;
          void this.#warn("a thread that did not end in time keeps its core busy until the run ends; see --isolate");
        }
        return;
      case "retry":
        this.#retries++;
        return;
      case "uncaught":
        return void this.#warn(uncaughtText(event.line, event.message));
      default:
        return event satisfies never;
    }
  }

  async #warn(text: string): Promise<void> {
    await this.#progressLine.erase().catch(() => {}); // the next write to stderr says why not
    await this.#stderr.write(`! ${printable(text)}\n`).catch(() => {});
  }

  /** Says once what was chosen, and why. */
  async announce(finding: Finding | undefined): Promise<void> {
    if (this.#announced || finding === undefined || this.#quiet) return;
    this.#announced = true;
    await this.#progressLine.erase();
    await this.#stderr.write(`auto: ${choiceText(this.#view.width(), finding)}\n`);
  }

  stopPainting(): Promise<void> {
    return this.#progressLine.stop();
  }

  /** Says how it ended, and returns that. */
  async end(ending: Pick<RunResult, "how" | "exitCode" | "next" | "found">): Promise<RunResult> {
    const { written, width, counts, before, isolate } = this.#view;
    const { lines, blank, bytes } = counts();
    const elapsedMs = this.#elapsedMs;
    const result = {
      ...ending,
      lines,
      ok: written.ok,
      failed: written.failed,
      skipped: blank,
      before,
      retried: this.#retries,
      restarts: this.#restarts,
      bytesIn: bytes,
      bytesOut: written.bytes,
      linesPerSecond: (written.ok + written.failed) / elapsedMs * 1000,
      ...width(),
      isolate,
    };
    if (!this.#quiet) await this.#stderr.write(runText({ result, elapsedMs }));
    return result;
  }

  get #elapsedMs(): number {
    return this.#clock.now() - this.#startMs;
  }

  async #progress(): Promise<RunProgress> {
    const { written, width, oldest } = this.#view;
    const done = written.ok + written.failed;
    const total = this.#estimateTotal();
    return { done, failed: written.failed, total, elapsedMs: this.#elapsedMs, oldest: await oldest(), ...width() };
  }

  /** How many items there will be: what has been read of files with a known size tells what is left. */
  #estimateTotal(): number | undefined {
    const { counts, totalBytes, limit = Infinity, shards, skipped } = this.#view;
    const { lines, blank, bytes } = counts();
    this.#total ??= { bytes: totalBytes() };
    if (this.#total.bytes === undefined || bytes === 0) return undefined;
    const all = Math.min(limit, Math.round((lines - blank) / shards * this.#total.bytes / bytes));
    return Math.max(0, all - skipped);
  }
}

function uncaughtText(line: number | undefined, message: string): string {
  return line === undefined
    ? `an error came when no item of its thread ran: ${message}`
    : `line ${line}: an error came after its end: ${message}`;
}
