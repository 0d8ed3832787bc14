import { JournalError } from "../errors.ts";
import type { Clock } from "../clock.ts";
import { RangeSet } from "../exec/schedule/range_set.ts";
import type { JobReference } from "../model/item.ts";
import type { JournalHeader } from "./entry.ts";
import { hashJob } from "../jobs/job_hash.ts";
import { JournalFile } from "./journal_file.ts";
import type { OutputPlace } from "./output_place.ts";
import { type Found, type Past, readPast } from "./past.ts";
import { type ResumePoint, RunJournal } from "./run_journal.ts";
import { type Settings, settingsDifference } from "./settings.ts";
import type { TallyOptions } from "./tally.ts";

/**
 * A journal, and what to do with it: begin its run or go on with it, resume a run that has begun, or retry the failed items of its
 * run.
 */
export interface JournalUse {
  readonly kind: "journal" | "resume" | "retryFailed";
  /** Its file, as the user wrote it. */
  readonly name: string;
}

/** The run that keeps a journal. */
export interface JournalRun {
  readonly reference: JobReference;
  readonly settings: Settings;
  /** How its records are written. */
  readonly counting: Pick<TallyOptions, "ordered" | "inline" | "separator">;
  /** tandem's, recorded for information. */
  readonly version: string;
  readonly clock: Clock;
  /** Where its records go. */
  readonly output: OutputPlace;
  /** Called when the run begins or goes on: its input has matched, and nothing has run yet. */
  readonly onBegin: () => void;
}

/** The resume point of a run that starts from the beginning. */
const freshStart = {
  skipped: [],
  input: { bytes: 0, sha256: "" },
  open: new Map(),
  before: { ok: 0, failed: 0 },
  complete: false,
};

/**
 * Opens a journal. Nothing is written yet, because the job may fail to load or the input may have changed.
 *
 * @throws {JournalError} the journal cannot be used, or it belongs to another run
 */
export async function openJournal(
  use: JournalUse,
  { reference, settings, counting, version, clock, output, onBegin }: JournalRun,
): Promise<RunJournal> {
  const { kind, name } = use;
  const { createHash } = await import("node:crypto");
  const job = await identityOf(reference);
  const header: JournalHeader = { tandem: "journal", schema: 2, version, job, settings };
  const file = JournalFile.open(name, kind === "journal");
  try {
    const resumePoint = resumePointOf(use, readPast(file.read()), header, output.length());
    return new RunJournal(file, resumePoint, { counting, hash: createHash("sha256"), clock, output, onBegin });
  } catch (error) {
    file.close();
    throw error;
  }
}

async function identityOf(reference: JobReference): Promise<string> {
  if (reference.kind === "exec") return "exec"; // its command is a setting
  return reference.kind === "module" ? await hashJob(reference.url) : reference.name;
}

/** `at`: the length of the output; null if it is not a file. */
function resumePointOf(
  { kind, name }: JournalUse,
  found: Found,
  header: JournalHeader,
  at: number | null,
): ResumePoint {
  if (found.kind === "other") {
    throw new JournalError(name, `${found.found}; name another file`);
  }
  if (found.kind === "empty") {
    if (kind === "retryFailed") throw new JournalError(name, "its run has not done anything yet", "journal-not-begun");
    return { ...freshStart, header, begun: { begun: "run", at }, journalLength: 0 };
  }
  const { past, length } = found;
  const differs = settingsDifference(past.header, header, kind === "retryFailed");
  if (differs !== undefined) throw new JournalError(name, differs.found, differs.code, differs.about);
  if (kind === "retryFailed") return { ...retried(past, name, at), journalLength: length };
  refuseShorterOutput({ kind, name }, past, at);
  return { ...resumed(past, at), journalLength: length };
}

/**
 * The output of a complete run may have been moved away before lines that were added are run with --resume. With --journal the
 * command line is the first run's, and a `>` in it has just emptied the file.
 */
function refuseShorterOutput({ kind, name }: JournalUse, past: Past, length: number | null): void {
  const written = outputEnd(past);
  if (written === undefined || length === null || length >= written) return;
  if (past.complete && kind === "resume") return;
  const found = `the output file has ${length} bytes, but ${written} were written to it`;
  throw new JournalError(name, `${found}; append to the same file with >>, not with >, or name a new journal`);
}

/** Where the output of the last program ends, up to the last record; undefined if it did not go to a file. */
function outputEnd({ begun, bytes }: Past): number | undefined {
  return begun.at === null ? undefined : begun.at + bytes;
}

function resumed(past: Past, length: number | null): ResumePoint {
  const { done, failed, input, open, complete } = past;
  const known = complete || length === null ? undefined : outputEnd(past);
  return {
    begun: { begun: "resume", at: known ?? length },
    outputLength: known,
    skipped: [...done.ranges],
    input,
    open,
    before: { ok: done.size - failed.size, failed: failed.size },
    complete,
  };
}

function retried(past: Past, name: string, at: number | null): ResumePoint {
  if (!past.complete) throw new JournalError(name, "its run has not finished", "journal-unfinished");
  const others = new RangeSet();
  const limit = past.failed.ranges.at(-1)?.end ?? 0;
  others.add(0, limit);
  for (const { first, end } of past.failed.ranges) others.remove(first, end);
  return {
    ...freshStart,
    begun: { begun: "retry", at },
    skipped: [...others.ranges],
    limit,
    input: past.input,
  };
}
