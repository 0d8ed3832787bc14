import { JournalError, UsageError } from "../errors.ts";
import { RangeSet } from "../exec/schedule/range_set.ts";
import type { JobReference } from "../model/item.ts";
import type { JournalHeader } from "./entry.ts";
import { hashJob } from "../jobs/job_hash.ts";
import { JournalFile } from "./journal_file.ts";
import { outputLength } from "./output_place.ts";
import { type Found, type Past, readPast } from "./past.ts";
import { type ResumePoint, RunJournal } from "./run_journal.ts";
import { type SettingFlags, settingsDifference, settingsOf } from "./settings.ts";

/** The flags that name a journal. */
export interface JournalFlags {
  readonly journal: string | undefined;
  readonly resume: string | undefined;
  readonly retryFailed: string | undefined;
}

const names = { journal: "--journal", resume: "--resume", retryFailed: "--retry-failed" } as const;

/** What a run begins with if nothing was done before it. */
const nothing = { skipped: [], input: { bytes: 0, sha256: "" }, open: new Map(), before: { ok: 0, failed: 0 } };

/**
 * Opens the journal that the flags name; undefined if they name none. `version`: ours, noted for people. Nothing is changed yet: the job may turn out not to
 * load, the input to be another one.
 *
 * @throws {UsageError} more than one flag is given
 * @throws {JournalError} the journal cannot be used, or is one of another run
 */
export async function openJournal(
  flags: JournalFlags & SettingFlags,
  reference: JobReference,
  version: string,
): Promise<RunJournal | undefined> {
  const given = (["journal", "resume", "retryFailed"] as const).filter((flag) => flags[flag] !== undefined);
  const [flag, other] = given;
  if (flag === undefined) return undefined;
  if (other !== undefined) {
    throw new UsageError(`${names[flag]} and ${names[other]} exclude each other; each of them writes its journal too`);
  }
  const name = flags[flag] ?? "";
  const settings = settingsOf(flags);
  const { createHash } = await import("node:crypto");
  const job = reference.kind === "module" ? await hashJob(reference.url) : reference.name;
  const head: JournalHeader = { tandem: "journal", schema: 1, version, job, settings };
  const file = JournalFile.open(name, flag === "journal");
  const found = readPast(file.read());
  const plan = planOf(flag, found, head, name);
  const separator = settings.null ? "\0" : "\n";
  const counting = { ordered: settings.ordered, inline: settings.errors === "inline", separator } as const;
  return new RunJournal(file, plan, counting, createHash("sha256"));
}

function planOf(flag: keyof JournalFlags, found: Found, head: JournalHeader, name: string): ResumePoint {
  if (found.kind === "other") {
    throw new JournalError(name, `${found.found}; name another file`);
  }
  if (found.kind === "empty") {
    if (flag === "retryFailed") throw new JournalError(name, "the run has done nothing yet; go on with it: --resume");
    return { ...nothing, head, begun: { begun: "run", at: outputLength() }, journalLength: 0 };
  }
  if (flag === "journal") {
    const remedy = `to go on with its run: --resume ${name}; to begin anew, choose another name or remove it`;
    throw new JournalError(name, `there is a journal already; ${remedy}`);
  }
  const { past, length } = found;
  const differs = settingsDifference(past.head, head, flag === "retryFailed");
  if (differs !== undefined) throw new JournalError(name, differs);
  return { ...(flag === "resume" ? resumed(past, name) : retried(past, name)), journalLength: length };
}

function resumed(past: Past, name: string): ResumePoint {
  const { done, failed, begun, bytes, input, open, complete } = past;
  const length = outputLength();
  const known = !complete && begun.at !== null && length !== null ? begun.at + bytes : undefined;
  if (known !== undefined && length !== null && length < known) {
    const found = `the output has ${length} bytes, and ${known} were written to it`;
    throw new JournalError(name, `${found}; append to the same file, with >> and not with >`);
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

function retried(past: Past, name: string): ResumePoint {
  if (!past.complete) throw new JournalError(name, "its run has not come to its end; first go on with it: --resume");
  const others = new RangeSet();
  const limit = past.failed.ranges.at(-1)?.end ?? 0;
  others.add(0, limit);
  for (const { first, end } of past.failed.ranges) others.remove(first, end);
  return {
    ...nothing,
    begun: { begun: "retry", at: outputLength() },
    skipped: [...others.ranges],
    limit,
    input: past.input,
  };
}
