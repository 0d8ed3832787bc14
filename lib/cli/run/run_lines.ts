import { exitCodes } from "../../errors.ts";
import type { Host } from "../../exec/host/host.ts";
import type { Inputs } from "../../exec/input/byte_reader.ts";
import { lineSource } from "../../exec/input/line_source.ts";
import type { Pace } from "../../exec/pace/pacing.ts";
import { openPool } from "../../exec/pool/pool.ts";
import type { Bounds } from "../../exec/tuning/bounds.ts";
import type { Format } from "../../exec/wire/protocol.ts";
import type { JobReference } from "../../model/item.ts";
import type { JobFile } from "../job/job_file.ts";
import { itemRemedies } from "../job/remedies.ts";
import { codecs, cutterOf, openInputs } from "../job/run_input.ts";
import { exportsIn } from "../table/common_options.ts";
import type { Progress } from "../terminal/progress.ts";
import type { UsedFile } from "../terminal/same_file.ts";
import type { Session } from "../terminal/session.ts";
import type { RunValues } from "./command.ts";
import type { JournalFlags } from "./journal.ts";
import { type FailureStop, RecordWriter } from "./record_writer.ts";
import { runRecords } from "./run_records.ts";
import { RunStatus } from "./run_status.ts";
import { isFixed } from "./width.ts";

/** A run whose command line makes sense, and whose slots are starting. */
export interface StartedRun {
  readonly values: RunValues;
  /** The job as it was named. */
  readonly job: string;
  readonly jobFile: JobFile;
  readonly files: readonly string[];
  readonly bounds: Bounds;
  readonly isolate: "worker" | "process";
  readonly host: Host;
  /** What holds starts back, if anything does. */
  readonly pace: Pace | undefined;
  /** Paints already. */
  readonly progress: Progress;
}

/** Runs the job over the lines of the files or of stdin: results to stdout in the lines' order, errors to stderr. */
export async function runLines(
  { values, job, jobFile: { reference }, files, bounds, isolate, host, pace, progress }: StartedRun,
  session: Session,
): Promise<number> {
  const { stdout, stderr, stop, clock, random, call } = session;
  const format = recordFormat(values);
  const separator: "\n" | "\0" = values.null ? "\0" : "\n";
  const { maxLine } = values;
  const own = files.length === 0 ? await ownInputs(reference, separator) : undefined;
  const stdin = await typedStdin(values, progress, session);
  const kind = { input: values.input, header: values.header, separator };
  const plainInputs = own ?? openInputs(files, stdin, kind);
  const asked = exportsIn(values);
  const exported = asked.length === 0
    ? undefined
    : await (await import("./export.ts")).openExport(asked, reference, separator, session);
  const inputFiles = own === undefined && files.length === 0 ? ["-"] : files;
  await refuseSameFiles(values, inputFiles, exported?.files ?? [], reference, session);
  const { openRunJournal, nextOf } = await journalModule(values) ?? {}; // loaded now: at the end our files may be gone
  using journal = await openRunJournal?.(values, reference, session, () => {
    if (values.journal !== undefined && journal !== undefined) void status.announceJournal(journal);
  });
  const goesOn = journal !== undefined && journal.resumePoint.begun.begun !== "run";
  const beginResults = values.results === undefined
    ? undefined
    : (await import("./results_file.ts")).checkResults(values.results, session, journal);
  const warn = (text: string) => void status.warn(text);
  await using runFiles = (values.log ?? values.trace) === undefined
    ? undefined
    : await (await import("./run_files.ts")).openRunFiles(values, { job, goesOn }, separator, session, warn);
  const times = runFiles !== undefined || exported !== undefined || values.targetP99 !== undefined || progress.isShown
    ? new (await import("./run_times.ts")).RunTimes()
    : undefined;

  const inputs = journal?.watch(plainInputs) ?? plainInputs;
  const { skipped, before = { ok: 0, failed: 0 }, limit = values.limit } = journal?.resumePoint ?? {};
  const { shard, retries, retryOn, timeout: timeoutMs } = values;
  const failureStop = await failureStopOf(values);
  const { index: first, count: step } = shard ?? { index: 0, count: 1 };
  const holdsBack = journal && (() => journal.isUnsure());
  const cutter = await cutterOf(kind, { maxLine, shard, limit, skipped }, files);
  const source = lineSource({ cutter, holdsBack, next: inputs.next });
  const places = files.length > 1 ? new (await import("./input_places.ts")).InputPlaces(files, source) : undefined;
  const { targetP99, load, memFree } = values;
  const latency = targetP99 === undefined
    ? undefined
    : new (await import("../../exec/tuning/latency_ceiling.ts")).LatencyCeiling(targetP99, bounds.threads[1]);
  const tuner = isFixed(bounds)
    ? undefined
    : (await import("../../exec/tuning/auto_tuner.ts")).autoTuner(bounds, latency);
  const brake = load === undefined && memFree === undefined
    ? undefined
    : (await import("./watched_pressure.ts")).pressureBrake(values, session, warn);
  const width = () => tuner?.width ?? { threads: bounds.threads[0], tasks: bounds.tasks[0] };
  const pool = await openPool({
    job: reference,
    name: job,
    ...width(),
    host,
    format,
    numbering: { first, step, skipped },
    probes: tuner === undefined ? "none" : "cpu",
    spans: runFiles !== undefined || latency !== undefined
      ? "all"
      : exported?.timeline !== undefined
      ? "first"
      : times !== undefined
      ? "some"
      : "none",
    tuned: tuner !== undefined,
    retry: retries === 0 ? undefined : { maxMs: values.retryMax, names: retryOn.length === 0 ? undefined : retryOn },
    signal: stop,
    clock,
  }, { random });
  beginResults?.();

  const written = { ok: 0, failed: 0, bytes: 0 };
  const view = {
    written,
    width,
    counts: source.counts,
    totalBytes: inputs.totalBytes,
    limit,
    shards: step,
    before,
    skipped: skipped?.reduce((sum, { first, end }) => sum + end - first, 0) ?? 0,
    isolate,
    running: pool.running,
    heldBack: pool.heldBack,
    times,
    at: places && ((line: number) => places.at(line)),
    resting: pool.resting,
    latency: () => latency?.found ?? null,
  };
  const status = new RunStatus(view, session, progress, values.quiet);
  const makeRoom = () => status.makeRoom();
  const inline = values.errors === "inline";
  const rows = values.output === "csv" ? new (await import("./csv_rows.ts")).CsvRows(values.tag) : undefined;
  const shown: Format = rows === undefined ? format : { ...format, output: "text", tag: false };
  const { how, failure } = await runRecords({
    pool,
    source,
    options: {
      ordered: !values.unordered,
      retries,
      timeoutMs,
      tuner,
      pace,
      brake,
      onEvent: (event) => status.on(event),
      watcher: exported === undefined ? runFiles?.watcher : exported.watcher(runFiles?.watcher),
      onReading: (reading) => {
        status.countInexact(reading.inexact);
        times?.add(reading, clock.now());
      },
    },
    writer: new RecordWriter({ stdout, stderr, format: shown, inline, failureStop, makeRoom, written }),
    journal,
    rows,
    places,
    failureStop,
    signal: stop,
    onWritten: async () => {
      if (tuner?.settled) await status.announce(tuner.finding);
      await runFiles?.room();
      if (latency && latency.found.missedMs !== null) await status.announceMiss();
    },
  }).finally(async () => {
    await progress.end();
    await pool.close();
    await runFiles?.end();
  });

  await status.announce(tuner?.finding);
  const failed = written.failed + before.failed;
  const ended = runFiles?.failed ? exitCodes.notWritten : failed > 0 ? exitCodes.failed : exitCodes.ok;
  const exitCode = failure?.exitCode ?? ended;
  const next = nextOf?.(call, { how, failed }, files.length === 0 && own === undefined) ?? null;
  const finding = tuner?.finding;
  const found = finding === undefined ? null : { itemMs: finding.itemMs, cpuMs: finding.cpuMs ?? null };
  const result = await status.end({ how, exitCode: stop.aborted ? null : exitCode, next, found });
  const notWritten = await exported?.write(result, values);
  if (failure) throw failure;
  if (notWritten) throw notWritten;
  return exitCode;
}

/** @throws {UsageError} a file that the run writes is another of its files too */
async function refuseSameFiles(
  values: RunValues,
  inputs: readonly string[],
  exported: readonly UsedFile[],
  reference: JobReference,
  session: Session,
): Promise<void> {
  const { results, journal, resume, retryFailed, log, trace } = values;
  const writes = [results, journal, resume, retryFailed, log, trace, exported.length > 0].some(Boolean);
  const isDevice = (name: string) => name !== "-" && !Deno.statSync(name).isFile;
  if (!writes && (session.stdout.style.terminal || inputs.every(isDevice))) return; // nothing more to load
  const [{ usedFiles }, { refuseSameFile }] = await Promise.all([
    import("./used_files.ts"),
    import("../terminal/same_file.ts"),
  ]);
  refuseSameFile(usedFiles(values, inputs, exported, reference), session);
}

async function ownInputs(reference: JobReference, separator: string): Promise<Inputs | undefined> {
  if (reference.kind !== "builtin") return undefined;
  return await (await import("../job/builtin_input.ts")).builtinInputs(reference, separator);
}

/** stdin; if a person types it, it says so. */
async function typedStdin(values: RunValues, progress: Progress, session: Session): Promise<Session["stdin"]> {
  if (!session.stdin.terminal) return session.stdin;
  return (await import("../terminal/typed_input.ts")).typedInput(values, progress, session);
}

/** Its modules, and node:crypto, take a while to load: only if a journal is asked for. */
async function journalModule({ journal, resume, retryFailed }: JournalFlags) {
  return (journal ?? resume ?? retryFailed) === undefined ? undefined : await import("./journal.ts");
}

async function failureStopOf({ failFast, maxFailures }: RunValues): Promise<FailureStop | undefined> {
  if (failFast) return { how: "failed-fast", isReached: ({ failed }) => failed > 0 };
  if (maxFailures === undefined) return undefined;
  const { tooManyFailed } = await import("../../model/failure_limit.ts");
  return { how: "too-many-failures", isReached: (counts) => tooManyFailed(maxFailures, counts) };
}

function recordFormat(values: RunValues): Format {
  const isExec = values.exec !== undefined;
  const separator = values.null && !isExec ? "\0" : "\n"; // what a command prints has lines of its own
  const asText = isExec && !values.tag ? "bytes" : "text"; // with their lines, texts stand in JSON
  return {
    input: codecs[values.input],
    output: values.output === "lines" ? asText : "json",
    separator,
    errorSeparator: values.errors === "inline" ? separator : "\n",
    errorsAtOnce: values.failFast,
    tag: values.tag || values.output === "csv", // rows are made of the results, and of errors that name their line
    maxLine: values.maxLine,
    maxResult: values.maxResult,
    remedies: itemRemedies(separator),
  };
}
