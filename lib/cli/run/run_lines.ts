import { exitCodes, JournalError, OutputError, TandemError } from "../../errors.ts";
import type { Host } from "../../exec/host/host.ts";
import type { Inputs } from "../../exec/input/byte_reader.ts";
import { lineSource } from "../../exec/input/line_source.ts";
import { openPool } from "../../exec/pool/pool.ts";
import type { PoolEvent } from "../../exec/pool/run_options.ts";
import type { Bounds } from "../../exec/pool/tuner.ts";
import type { Format } from "../../exec/wire/protocol.ts";
import type { RunJournal } from "../../journal/run_journal.ts";
import type { JobReference } from "../../model/item.ts";
import type { Plan } from "../../model/plan.ts";
import { printable } from "../../report/printable.ts";
import type { RunResult } from "../../model/result.ts";
import type { JobFile } from "../job/job_file.ts";
import { itemRemedies } from "../job/remedies.ts";
import { openInputs } from "../job/run_input.ts";
import { tool } from "../../tool.ts";
import type { Call, Session } from "../terminal/session.ts";
import type { Given, Option } from "../table/option.ts";
import { formatArguments, valueText } from "../table/parse.ts";
import { journalUse } from "./journal_use.ts";
import { RecordWriter } from "./record_writer.ts";
import { RunStatus } from "./run_status.ts";
import { runOptions, type RunValues } from "./command.ts";
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
  /** The plan that was asked for. */
  readonly saved: Plan | undefined;
}

/** Runs the job over the lines of the files or of stdin: results to stdout in the lines' order, errors to stderr. */
export async function runLines(
  { values, job, jobFile, files, bounds, isolate, host, saved }: StartedRun,
  session: Session,
): Promise<number> {
  const { stdout, stderr, stop } = session;
  if (saved !== undefined && !values.quiet) await warnOfChanges(saved, jobFile, session);
  const separator = values.null ? "\0" : "\n";
  const own = files.length === 0 ? await ownInputs(jobFile.reference, separator) : undefined;
  const plainInputs = own ?? openInputs(files, session.stdin);
  const journal = await openJournal(values, jobFile.reference);
  const resumePoint = journal?.resumePoint;
  const inputs = journal?.watch(plainInputs) ?? plainInputs;
  const exported = values.exportJson === undefined ? undefined : await exportFile(values.exportJson, session);

  const format = recordFormat(values);
  const { maxLine } = format;
  const { shard } = values;
  const limit = resumePoint?.limit ?? (values.limit);
  const holdsBack = journal && (() => journal.isUnsure());
  const { skipped, before = { ok: 0, failed: 0 } } = resumePoint ?? {};
  const source = lineSource({ separator, maxLine, shard, limit, skipped, holdsBack, next: inputs.next });
  const tuner = isFixed(bounds) ? undefined : new (await import("../../exec/pool/tuner.ts")).ClimbingTuner(bounds);
  const width = () => tuner?.width ?? { threads: bounds.threads[0], tasks: bounds.tasks[0] };
  const { index: first, count: step } = shard ?? { index: 0, count: 1 };
  const pool = await openPool({
    job: jobFile.reference,
    name: job,
    ...width(),
    host,
    format,
    numbering: { first, step, skipped },
    probes: tuner === undefined ? "none" : "cpu",
    signal: stop,
  });

  const makeRoom = () => status.makeRoom();
  const { failFast } = values;
  const inline = values.errors === "inline";
  const writer: RecordWriter = new RecordWriter({ stdout, stderr, format, inline, failFast, makeRoom });
  const { written } = writer;
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
    oldest: pool.oldest,
  };
  const status = new RunStatus(view, session, values.quiet);
  status.start(stdout.style.terminal);
  let failure: TandemError | undefined;
  let complete = false;
  try {
    const onEvent = (event: PoolEvent) => status.on(event);
    const { retries, timeout: timeoutMs } = values;
    for await (
      const deliveries of pool.run(source, { ordered: !values.unordered, retries, timeoutMs, tuner, onEvent })
    ) {
      const done = await writer.write(journal?.select(deliveries, stop.aborted) ?? deliveries);
      journal?.note(done);
      if (tuner?.settled) await status.announce(tuner.finding);
      if (failFast && written.failed > 0) break;
    }
    complete = !stop.aborted && !(failFast && written.failed > 0);
  } catch (error) {
    if (!(error instanceof TandemError) || error instanceof OutputError || error instanceof JournalError) throw error;
    failure = error; // the summary says how far it came
  } finally {
    try {
      journal?.end(complete);
    } finally {
      await status.stopPainting();
      await pool.close();
    }
  }

  await status.announce(tuner?.finding);
  const how = stop.aborted || failure ? "stopped" : failFast && written.failed > 0 ? "failed-fast" : "done";
  const failed = written.failed + before.failed;
  const exitCode = failure?.exitCode ?? (failed > 0 ? exitCodes.failed : exitCodes.ok);
  const next = journal === undefined
    ? null
    : await nextOf(session.call, how, failed, files.length === 0 && own === undefined);
  const result = await status.end({ how, exitCode: stop.aborted ? null : exitCode, next });
  await exported?.(result, values);
  if (failure) throw failure;
  return exitCode;
}

async function ownInputs(reference: JobReference, separator: string): Promise<Inputs | undefined> {
  if (reference.kind !== "builtin") return undefined;
  return await (await import("../job/builtin_input.ts")).builtinInputs(reference, separator);
}

/**
 * Where the summary goes is decided before the job can move the working folder, and what writes it is loaded: at the end our
 * files may be those of another version, or gone.
 */
async function exportFile(
  path: string,
  session: Session,
): Promise<(result: RunResult, options: object) => Promise<void>> {
  const [{ exportPath, writeFileOrStdout }, { documentHead }, { renderingOf }] = await Promise.all([
    import("../terminal/export_file.ts"),
    import("../terminal/documents.ts"),
    import("../../report/renderings.ts"),
  ]);
  const render = await renderingOf("run", "json");
  const machine = await session.machine();
  const file = exportPath(path);
  return async (result, options) => {
    const document = { ...await documentHead({ command: "run", options, machine }, session), result };
    await writeFileOrStdout(file, render(document, session.stdout.style), session.stdout);
  };
}

/** Its modules, and node:crypto, take a while to load: only if one is asked for. */
async function openJournal(values: RunValues, reference: JobReference): Promise<RunJournal | undefined> {
  const use = journalUse(values);
  if (use === undefined) return undefined;
  const [{ openJournal }] = await Promise.all([import("../../journal/open_journal.ts"), commandLine()]);
  const counting = {
    ordered: !values.unordered,
    inline: values.errors === "inline",
    separator: values.null ? "\0" : "\n",
  } as const;
  const settings = { items: decidedBy(values, "items"), output: decidedBy(values, "output") };
  return await openJournal(use, { reference, settings, counting, version: tool.version });
}

/** The flags that decide the items or the output, as texts. */
function decidedBy(values: RunValues, what: "items" | "output") {
  const deciding = Object.entries<Option<unknown>>(runOptions).filter(([, { decides }]) => decides === what);
  return Object.fromEntries(deciding.map(([key, option]) => [key, valueText(option, values[key as keyof RunValues])]));
}

/** Loaded when the run begins: at its end our files may be those of another version, or gone. */
const commandLine = () => import("../terminal/command_line.ts");

/** What may be done next with the journal; null if nothing is left to do. */
async function nextOf(
  { given, operands }: Call,
  how: RunResult["how"],
  failed: number,
  fromStdin: boolean,
): Promise<string | null> {
  const { shellLine } = await commandLine();
  const { journal, resume, retryFailed, ...others }: Given<typeof runOptions> = given;
  const name = journal ?? resume ?? retryFailed;
  const line = (flag: Given<typeof runOptions>, redirections: string) =>
    shellLine(["tandem", "run", ...formatArguments(runOptions, { ...others, ...flag }, operands)], redirections);
  const input = fromStdin ? "< the same input" : "";
  if (how !== "done") return `Continue: ${line({ resume: name }, `${input} >> the same output`.trim())}`;
  return failed > 0 ? `Again: ${line({ retryFailed: name }, input)}` : null;
}

async function warnOfChanges(plan: Plan, { reference }: JobFile, { stderr, machine }: Session): Promise<void> {
  const { planChanges, planHash } = await import("../job/plan_file.ts");
  for (const change of planChanges(plan, await planHash(reference), await machine())) {
    await stderr.write(`! the plan was made for ${printable(change)}: compare again\n`);
  }
}

function recordFormat(values: RunValues): Format {
  const separator = values.null ? "\0" : "\n";
  return {
    input: values.input === "lines" ? "text" : "json",
    output: values.output === "lines" ? "text" : "json",
    separator,
    errorSeparator: values.errors === "inline" ? separator : "\n",
    errorsAtOnce: values.failFast,
    tag: values.tag,
    maxLine: values.maxLine,
    maxResult: values.maxResult,
    remedies: itemRemedies(separator),
  };
}
