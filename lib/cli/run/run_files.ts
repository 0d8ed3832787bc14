import { RunTrace } from "../../exec/pool/run_trace.ts";
import type { RunWatcher } from "../../exec/pool/run_watcher.ts";
import { logText, traceText } from "../../report/run_text.ts";
import type { Session } from "../terminal/session.ts";
import type { TraceFile } from "../terminal/trace_file.ts";
import type { RunLog } from "./run_log.ts";

/** Which files are asked for. */
interface Asked {
  readonly log?: string;
  readonly trace?: string;
}

/**
 * Opens the files that are written during a run: its log, which has an earlier part if the run `goesOn`, and its trace. `job`: its
 * name. `warn` is called once for each that cannot be written any more.
 *
 * @throws {UsageError} one of them cannot be written
 */
export async function openRunFiles(
  { log, trace }: Asked,
  { job, goesOn }: { readonly job: string; readonly goesOn: boolean },
  separator: "\n" | "\0",
  session: Pick<Session, "clock" | "began">,
  warn: (text: string) => void,
): Promise<RunFiles> {
  const traced = trace === undefined ? undefined : await (await import("../terminal/trace_file.ts")).openTraceFile(
    trace,
    `tandem run ${job}`,
    session.clock,
    (error) => warn(traceText(error)),
  );
  await using opening = new AsyncDisposableStack();
  if (traced !== undefined) opening.use(traced);
  const logged = log === undefined
    ? undefined
    : await (await import("./run_log.ts")).openRunLog(log, goesOn, separator, session, (error) => warn(logText(error)));
  opening.move();
  return new RunFiles(logged, traced, separator);
}

/** What is written while a run goes on. */
export class RunFiles {
  /** What finds out what to write. */
  readonly watcher: RunWatcher | undefined;
  readonly #log: RunLog | undefined;
  readonly #trace: TraceFile | undefined;
  readonly #traced: RunTrace | undefined;

  constructor(log: RunLog | undefined, trace: TraceFile | undefined, separator: "\n" | "\0") {
    this.#log = log;
    this.#trace = trace;
    this.#traced = trace && new RunTrace((event) => trace.event(event), log?.attempts.note, separator);
    this.watcher = this.#traced ?? log?.attempts;
  }

  /** One of them could not be written. */
  get failed(): boolean {
    return Boolean(this.#log?.failed || this.#trace?.failed);
  }

  /** Resolves when there is room for more: a slow file must not fill the memory. */
  async room(): Promise<void> {
    await this.#log?.room();
    await this.#trace?.room();
  }

  /** The run is over: writes what is left. */
  async end(): Promise<void> {
    this.#traced?.end();
    await this.#log?.end();
    await this.#trace?.end();
  }

  /** A run that never began leaves no trace. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#trace?.[Symbol.asyncDispose]();
  }
}
