import { systemReason, UsageError, writeRemedy } from "../../errors.ts";
import type { OutputPlace } from "../../journal/output_place.ts";
import type { RunJournal } from "../../journal/run_journal.ts";
import { absolutePath } from "../../paths.ts";
import { exportsIn } from "../table/common_options.ts";
import { output } from "../terminal/output.ts";
import { placeOf } from "../terminal/same_file.ts";
import type { Session } from "../terminal/session.ts";
import type { RunValues } from "./command.ts";

/** A session whose stdout is a file. */
export interface ResultsFile extends Disposable {
  readonly session: Session;
}

/**
 * Opens the file of `--results`; `-` is stdout. What is in it stays until the run begins: it may be an input, or the job may not load.
 *
 * @throws {UsageError} it cannot be written
 */
export function openResults(values: RunValues, session: Session): ResultsFile {
  const name = values.results!;
  if (placeOf(name) === 1) return { session, [Symbol.dispose]: () => {} };
  const document = exportsIn(values).find(({ path }) => placeOf(path) === 1);
  if (document !== undefined) throw new UsageError(`${document.name}: with --results, give it a file too`);
  const file = openForAppending(name);
  const { isFile, dev, ino } = file.statSync();
  const stdout = output(file, name, { ...session.stdout.style, terminal: false, color: false });
  const stdoutPlace: OutputPlace = {
    length: () => isFile ? file.statSync().size : null,
    cut: (length) => file.truncateSync(length),
  };
  const identity = isFile && ino !== null ? { dev, ino } : null;
  return {
    session: {
      ...session,
      stdout,
      stdoutPlace,
      identity: (descriptor) => descriptor === 1 ? identity : session.identity(descriptor),
    },
    [Symbol.dispose]: () => file.close(),
  };
}

/**
 * Looks whether results may go to the file, and returns what makes it ready when the job is loaded. A run with a journal never
 * overwrites: results without their journal may be all that is left of hours of work.
 *
 * @throws {UsageError} the journal is new, and the file has something in it
 */
export function checkResults(
  name: string,
  { stdoutPlace }: Pick<Session, "stdoutPlace">,
  journal: Pick<RunJournal, "name" | "resumePoint"> | undefined,
): () => void {
  if (placeOf(name) === 1) return () => {};
  if (journal === undefined) return () => stdoutPlace.length() && stdoutPlace.cut(0);
  const length = stdoutPlace.length() ?? 0;
  if (length === 0 || journal.resumePoint.begun.begun !== "run") return () => {};
  throw new UsageError(
    `--results ${name} has ${length} bytes of another run, and the journal ${journal.name} is new; remove that file, or name another`,
  );
}

function openForAppending(name: string): Deno.FsFile {
  try {
    return Deno.openSync(absolutePath(name), { write: true, create: true, append: true });
  } catch (error) {
    throw new UsageError(`cannot write to ${name}: ${systemReason(error)}; ${writeRemedy(error)}`);
  }
}
