import type { Clock } from "../../clock.ts";
import type { LineCounts } from "../../exec/input/line_source.ts";
import type { RunningNow } from "../../exec/pool/in_flight.ts";
import type { HeldBack, PoolEvent } from "../../exec/pool/run_options.ts";
import type { InexactCount } from "../../exec/wire/protocol.ts";
import type { Finding } from "../../exec/tuning/tuner.ts";
import type { Width } from "../../exec/tuning/slot_reading.ts";
import type { RunJournal } from "../../journal/run_journal.ts";
import type { RunResult } from "../../model/result.ts";
import type { Progressing } from "../../report/progress_text.ts";
import {
  choiceText,
  inexactText,
  journalText,
  lineText,
  missedText,
  runProgress,
  runText,
} from "../../report/run_text.ts";
import { proseText, warningText } from "../../report/wrap.ts";
import type { Output } from "../terminal/output.ts";
import type { Written } from "./record_writer.ts";
import type { RunTimes } from "./run_times.ts";
import type { Progress } from "../terminal/progress.ts";
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
  running(): Promise<RunningNow>;
  /** What keeps items from starting that have a place. */
  heldBack(): HeldBack | undefined;
  /** How long items take, if that is measured. */
  readonly times?: Pick<RunTimes, "recent" | "all">;
  /** Says where a line is, if there are several inputs. */
  readonly at?: (line: number) => string;
  /** How many failed items wait for their next attempt. */
  resting(): number;
  /** What the run has made of a target for its items' times. */
  latency(): RunResult["latency"];
}

/** What a run says on stderr: progress on a terminal, what `auto` chose, and how it ended. */
export class RunStatus {
  readonly #view: RunView;
  readonly #stderr: Output;
  readonly #quiet: boolean;
  readonly #resultsOnTerminal: boolean;
  readonly #clock: Clock;
  readonly #startMs: number;
  readonly #progress: Progress;
  #total: { readonly bytes: number | undefined } | undefined;
  #announced = false;
  #announcedMiss = false;
  #restarts = 0;
  #retries = 0;
  #burns = false;
  #heldBack: HeldBack | undefined;
  readonly #inexact = { items: 0, line: Infinity };

  /** `progress` tells from now on how far the run is. */
  constructor(view: RunView, session: Session, progress: Progress, quiet: boolean) {
    const { stdout, stderr, clock, began } = session;
    this.#view = view;
    this.#stderr = stderr;
    this.#quiet = quiet;
    this.#resultsOnTerminal = stdout.style.terminal;
    this.#clock = clock;
    this.#startMs = began.ms;
    this.#progress = progress;
    progress.start(() => this.#read());
  }

  /** Makes room for a record. Where results go to the terminal, the first record ends the progress: they show it from then on. */
  makeRoom(): Promise<void> {
    return this.#resultsOnTerminal ? this.#progress.end() : this.#progress.erase();
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
          void this.warn("a thread that did not end in time keeps its core busy until the run ends; see --isolate");
        }
        return;
      case "retry":
        this.#retries++;
        return;
      case "keyless":
        return void this.warn(`${this.#at(event.line)} has no value for --key; all items without one share a key`);
      case "uncaught":
        return void this.warn(
          uncaughtText(event.line === undefined ? undefined : this.#at(event.line), event.message),
        );
      default:
        return event satisfies never;
    }
  }

  /** Counts items that were not read as they are written: the end warns of them all at once. */
  countInexact(inexact: InexactCount | undefined): void {
    if (inexact === undefined) return;
    this.#inexact.items += inexact.items;
    this.#inexact.line = Math.min(this.#inexact.line, inexact.line);
  }

  /** Says what the user should know, with --quiet too. */
  async warn(text: string): Promise<void> {
    await this.#progress.erase();
    await this.#stderr.write(warningText(text, this.#stderr.style)).catch(() => {}); // the next write to stderr says why not
  }

  /** Says whether the run begins or goes on. */
  async announceJournal({ name, resumePoint }: Pick<RunJournal, "name" | "resumePoint">): Promise<void> {
    if (this.#quiet) return;
    const { begun: { begun, at }, before, complete } = resumePoint;
    const text = journalText(
      begun === "run" ? { kind: "begins", name, at } : { kind: "goes on", name, before, complete },
    );
    await this.#progress.erase();
    await this.#stderr.write(proseText([text], this.#stderr.style)).catch(() => {}); // as with a warning
  }

  /** Says once what was chosen, and why. */
  async announce(finding: Finding | undefined): Promise<void> {
    if (this.#announced || finding === undefined || this.#quiet) return;
    this.#announced = true;
    await this.#progress.erase();
    await this.#stderr.write(proseText([`auto: ${choiceText(this.#view.width(), finding)}`], this.#stderr.style));
  }

  /** Says once that even the narrowest run misses its target. */
  async announceMiss(): Promise<void> {
    const latency = this.#view.latency();
    if (this.#announcedMiss || latency === null) return;
    this.#announcedMiss = true;
    await this.warn(missedText(latency));
  }

  /** Says how it ended, and returns that. */
  async end(ending: Pick<RunResult, "how" | "exitCode" | "next" | "found">): Promise<RunResult> {
    const { written, width, counts, before, isolate, times, latency } = this.#view;
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
      p50Ms: times?.all?.p50Ms ?? null,
      p99Ms: times?.all?.p99Ms ?? null,
      ...width(),
      isolate,
      latency: latency(),
    };
    const { items, line } = this.#inexact;
    if (items > 0) await this.warn(inexactText({ items, at: this.#at(line) }));
    if (!this.#quiet) await this.#stderr.write(runText({ result, elapsedMs }, this.#stderr.style));
    return result;
  }

  #at(line: number): string {
    return (this.#view.at ?? lineText)(line);
  }

  get #elapsedMs(): number {
    return this.#clock.now() - this.#startMs;
  }

  async #read(): Promise<Progressing> {
    const { written, width, running, resting, counts, times } = this.#view;
    if (counts().lines === 0) return { what: "waiting for input" };
    const done = written.ok + written.failed;
    const total = this.#estimateTotal();
    const { failed } = written;
    const { items, oldest } = await running();
    const now = {
      elapsedMs: this.#elapsedMs,
      resting: resting(),
      running: items,
      oldest: oldest && { at: this.#at(oldest.line), ageMs: oldest.ageMs },
      heldBack: this.#steadilyHeldBack(),
      times: times?.recent(this.#clock.now()),
    };
    return runProgress({ done, failed, total, ...now, ...width() });
  }

  /** What has held starts back at two paintings: for a moment something always does. */
  #steadilyHeldBack(): HeldBack | undefined {
    const last = this.#heldBack;
    this.#heldBack = this.#view.heldBack();
    return this.#heldBack === last ? last : undefined;
  }

  /** How many items there will be: what has been read of files with a known size tells what is left. */
  #estimateTotal(): number | undefined {
    const { counts, totalBytes, limit = Infinity, shards, skipped } = this.#view;
    const { items, taken } = counts();
    this.#total ??= { bytes: totalBytes() };
    if (this.#total.bytes === undefined || taken === 0) return undefined;
    const all = Math.min(limit, Math.round(items / shards * this.#total.bytes / taken));
    return Math.max(0, all - skipped);
  }
}

function uncaughtText(at: string | undefined, message: string): string {
  return at === undefined
    ? `an error came when no item of its thread ran: ${message}`
    : `${at}: an error came after its end: ${message}`;
}
