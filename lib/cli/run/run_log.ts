import type { Clock } from "../../clock.ts";
import { OutputError, systemReason, UsageError, writeRemedy } from "../../errors.ts";
import { type Attempt, AttemptLog } from "../../exec/pool/attempt_log.ts";
import { absolutePath } from "../../paths.ts";
import { cutTail } from "./cut_tail.ts";

/** What a log needs besides its file. */
export interface RunLogOptions {
  /** What ends the records of the run. */
  readonly separator: "\n" | "\0";
  readonly clock: Clock;
  /** A date, and the time of the clock then. */
  readonly began: { readonly at: Date; readonly ms: number };
  /** Called once if the file cannot be written; the log ends there. */
  readonly onFailure: (error: OutputError) => void;
}

/** What is written of a log's file: `Deno.FsFile`, or less. */
export interface LogFile {
  write(bytes: Uint8Array): Promise<number>;
  close(): void;
}

/** What has come in this time, in milliseconds, is written together. */
const gatherMs = 100;

/** More text than this is written at once; and whoever makes it waits when there is so much more. In UTF-16 units. */
const [largeText, maxText] = [64 * 1024, 1024 * 1024];

const encoder = new TextEncoder();

/**
 * Opens the file of a log. As with GNU parallel's --joblog, a new run overwrites it; with `append`, the run goes on behind its last
 * whole record.
 *
 * @throws {UsageError} it cannot be written
 */
export async function openLogFile(path: string, append: boolean): Promise<LogFile> {
  if (path === "-") throw new UsageError("cannot write the log to stdout, which has the results; name a file");
  try {
    if (append) cutTail(absolutePath(path));
    return await Deno.open(absolutePath(path), { write: true, create: true, append, truncate: !append });
  } catch (error) {
    throw new UsageError(`cannot write to ${path}: ${systemReason(error)}; ${writeRemedy(error)}`);
  }
}

/** The log that `--log` asks for; whatever was in its file before is kept where a run goes on. */
export async function openRunLog(
  { log, resume, retryFailed }: { readonly log: string; readonly resume?: string; readonly retryFailed?: string },
  separator: "\n" | "\0",
  { clock, began }: Pick<RunLogOptions, "clock" | "began">,
  onFailure: RunLogOptions["onFailure"],
): Promise<RunLog> {
  const file = await openLogFile(log, (resume ?? retryFailed) !== undefined);
  return new RunLog(log, file, { separator, clock, began, onFailure });
}

/**
 * The log of a run: a line of JSON for each attempt of an item that has ended. Writing goes on by itself, and beside the run; `room`
 * is to be awaited from time to time, or a slow file would fill the memory.
 */
export class RunLog {
  /** What finds out which attempts end. */
  readonly attempts: AttemptLog;
  readonly #path: string;
  readonly #file: LogFile;
  readonly #options: RunLogOptions;
  #text = "";
  #writing: Promise<void> | undefined;
  #hurry = () => {};
  #ended = false;
  #second = NaN;
  #secondText = "";
  /** The file could not be written. */
  failed = false;

  constructor(path: string, file: LogFile, options: RunLogOptions) {
    this.attempts = new AttemptLog((attempt) => this.#add(attempt), options.separator);
    this.#path = path;
    this.#file = file;
    this.#options = options;
  }

  /** Resolves when there is room for more. */
  async room(): Promise<void> {
    while (this.#writing !== undefined && this.#text.length > maxText) await this.#writing;
  }

  /** Writes what is left, and closes the file. */
  async end(): Promise<void> {
    this.#ended = true;
    this.#hurry();
    while (this.#writing !== undefined) await this.#writing;
    this.#file.close();
  }

  #add(attempt: Attempt): void {
    if (this.failed) return;
    this.#text += this.#line(attempt);
    if (this.#text.length > largeText) this.#hurry();
    this.#writing ??= this.#write();
  }

  /** Writes what there is, after a while in which more may come. */
  async #write(): Promise<void> {
    if (this.#text.length <= largeText && !this.#ended) await this.#gather();
    const bytes = encoder.encode(this.#text);
    this.#text = "";
    try {
      for (let from = 0; from < bytes.length;) from += await this.#file.write(bytes.subarray(from));
    } catch (error) {
      this.failed = true;
      this.#text = "";
      this.#options.onFailure(new OutputError(this.#path, error));
    }
    this.#writing = this.#text === "" ? undefined : this.#write();
  }

  async #gather(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const wait = this.#options.clock.wait(gatherMs);
    this.#hurry = resolve;
    await Promise.race([wait.done, promise]);
    this.#hurry = () => {};
    wait.cancel();
  }

  #line({ line, slot, attempt, ran, error, bytes }: Attempt): string {
    const start = ran === undefined ? null : `"${this.#date(ran.startMs)}"`;
    const ms = ran === undefined ? null : Math.round(ran.ms * 1000) / 1000;
    const outcome = error === undefined ? '"ok"' : `${JSON.stringify(error.code ?? "error")}`;
    const name = error === undefined ? "" : `,"error":${JSON.stringify(error.name)}`;
    return `{"line":${line},"slot":${slot},"attempt":${attempt},"start":${start},"ms":${ms},` +
      `"outcome":${outcome}${name},"bytes":${bytes}}\n`;
  }

  /** `2026-11-26T22:19:58.123456Z`: by the run's clock, so a step of the wall clock moves no item. */
  #date(ms: number): string {
    const { at, ms: beganMs } = this.#options.began;
    const time = at.getTime() + ms - beganMs;
    const second = Math.floor(time / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#secondText = new Date(second * 1000).toISOString().slice(0, 19);
    }
    const microseconds = Math.floor((time - second * 1000) * 1000);
    return `${this.#secondText}.${String(microseconds).padStart(6, "0")}Z`;
  }
}
