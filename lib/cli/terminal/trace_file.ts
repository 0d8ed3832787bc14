import type { Clock } from "../../clock.ts";
import { OutputError, systemReason, UsageError, writeRemedy } from "../../errors.ts";
import type { TraceEvent } from "../../model/trace.ts";
import { TraceText } from "../../report/trace/trace_text.ts";
import { exportPath } from "./export_file.ts";
import { FileWriter } from "./file_writer.ts";
import { type NewFile, openNewFile } from "./whole_file.ts";

/**
 * Opens the file of a trace. `name`: what runs. `onFailure` is called once if the file cannot be written; the trace ends there.
 *
 * @throws {UsageError} it cannot be written
 */
export async function openTraceFile(
  path: string,
  name: string,
  clock: Clock,
  onFailure: (error: OutputError) => void,
): Promise<TraceFile> {
  const place = exportPath(path);
  if (place === "-") throw new UsageError("cannot write the trace to stdout, which has the results; name a file");
  try {
    const file = await openNewFile(place, (name, unique) => `${name}.${unique}.part`); // a killed program leaves it
    return new TraceFile(path, file, name, clock, onFailure);
  } catch (error) {
    throw new UsageError(`cannot write to ${path}: ${systemReason(error)}; ${writeRemedy(error)}`);
  }
}

/** The trace of one or more runs, which is written while they go on. */
export class TraceFile extends FileWriter implements AsyncDisposable {
  readonly #path: string;
  readonly #file: NewFile;
  readonly #text = new TraceText();
  readonly #onFailure: (error: OutputError) => void;
  #ended = false;

  constructor(path: string, file: NewFile, name: string, clock: Clock, onFailure: (error: OutputError) => void) {
    super(path, { write: (bytes) => file.write(bytes), close: () => {} }, clock, onFailure);
    this.#path = path;
    this.#file = file;
    this.#onFailure = onFailure;
    this.add(this.#text.begin(name));
  }

  /** The threads of what comes from now on are those of a group, from 0, and the names of their processes begin so. */
  enter(group: number, name: string): void {
    this.#text.enter(group, name);
  }

  /** Writes what has happened. */
  event(event: TraceEvent): void {
    if (!this.failed) this.add(this.#text.text(event));
  }

  /** Where nothing has been measured to its end, there is no trace; what was in the file before stays. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await super.end();
    await this.#file.abandon();
  }

  /** Writes how it ends, and gives the file its name. */
  override async end(): Promise<void> {
    this.#ended = true;
    this.add(this.#text.end());
    await super.end();
    if (this.failed) return await this.#file.abandon();
    try {
      await this.#file.finish();
    } catch (error) {
      this.failed = true;
      this.#onFailure(new OutputError(this.#path, error));
    }
  }
}
