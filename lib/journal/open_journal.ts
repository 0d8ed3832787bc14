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

/** A journal, and what to do with it: create it, resume its run, or retry the failed items of its run. */
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
}

/** The resume point of a run that starts from the beginning. */
const freshStart = { skipped: [], input: { bytes: 0, sha256: "" }, open: new Map(), before: { ok: 0, failed: 0 } };

/**
 * Opens a journal. Nothing is written yet, because the job may fail to load or the input may have changed.
 *
 * @throws {JournalError} the journal cannot be used, or it belongs to another run
 */
export async function openJournal(
  use: JournalUse,
  { reference, settings, counting, version, clock, output }: JournalRun,
): Promise<RunJournal> {
  const { kind, name } = use;
  const { createHash } = await import("node:crypto");
  const job = await identityOf(reference);
  const header: JournalHeader = { tandem: "journal", schema: 2, version, job, settings };
  const file = JournalFile.open(name, kind === "journal");
  try {
    const resumePoint = resumePointOf(use, readPast(file.read()), header, output.length());
    return new RunJournal(file, resumePoint, { counting, hash: createHash("sha256"), clock, output });
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
  if (kind === "journal") throw new JournalError(name, "this journal already exists", "journal-exists");
  const { past, length } = found;
  const differs = settingsDifference(past.header, header, kind === "retryFailed");
  if (differs !== undefined) throw new JournalError(name, differs.found, differs.code, differs.about);
  return { ...(kind === "resume" ? resumed(past, name, at) : retried(past, name, at)), journalLength: length };
}

function resumed(past: Past, name: string, length: number | null): ResumePoint {
  const { done, failed, begun, bytes, input, open, complete } = past;
  const known = !complete && begun.at !== null && length !== null ? begun.at + bytes : undefined;
  if (known !== undefined && length !== null && length < known) {
    const found = `the output file has ${length} bytes, but ${known} were written to it`;
    throw new JournalError(name, `${found}; append to the same file with >>, not with >`);
  }
  return {
    begun: { begun: "resume", at: known ?? length },
    outputLength: known,
    skipped: [...done.ranges],
    input,
    open,
    before: { ok: done.size - failed.size, failed: failed.size },
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
