import type { Clock } from "../../clock.ts";
import { type OutputError, systemReason, UsageError, writeRemedy } from "../../errors.ts";
import { type Attempt, AttemptLog } from "../../exec/pool/attempt_log.ts";
import { absolutePath } from "../../paths.ts";
import { FileWriter, type TextFile } from "../terminal/file_writer.ts";
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

/**
 * Opens the file of a log. As with GNU parallel's --joblog, a new run overwrites it; with `append`, the run goes on behind its last
 * whole record.
 *
 * @throws {UsageError} it cannot be written
 */
export async function openLogFile(path: string, append: boolean): Promise<TextFile> {
  if (path === "-") throw new UsageError("cannot write the log to stdout, which has the results; name a file");
  try {
    if (append) cutTail(absolutePath(path));
    return await Deno.open(absolutePath(path), { write: true, create: true, append, truncate: !append });
  } catch (error) {
    throw new UsageError(`cannot write to ${path}: ${systemReason(error)}; ${writeRemedy(error)}`);
  }
}

/** The log that `--log` asks for; whatever was in its file before is kept where a run goes on (`append`). */
export async function openRunLog(
  log: string,
  append: boolean,
  separator: "\n" | "\0",
  { clock, began }: Pick<RunLogOptions, "clock" | "began">,
  onFailure: RunLogOptions["onFailure"],
): Promise<RunLog> {
  const file = await openLogFile(log, append);
  return new RunLog(log, file, { separator, clock, began, onFailure });
}

/** The log of a run: a line of JSON for each attempt of an item that has ended. */
export class RunLog extends FileWriter {
  /** What finds out which attempts end. */
  readonly attempts: AttemptLog;
  readonly #began: RunLogOptions["began"];
  #second = NaN;
  #secondText = "";

  constructor(path: string, file: TextFile, { separator, clock, began, onFailure }: RunLogOptions) {
    super(path, file, clock, onFailure);
    this.attempts = new AttemptLog((attempt) => this.failed || this.add(this.#line(attempt)), separator);
    this.#began = began;
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
    const { at, ms: beganMs } = this.#began;
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
