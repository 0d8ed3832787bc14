/** Exit codes that an error can ask for; see `tandem help exit-codes`. */
export type ExitCode = 1 | 2 | 3 | 4;

/** A failure that the user can mend: its message says what happened, what was found, and what to do. */
export class TandemError extends Error {
  /** What the program exits with. */
  readonly exitCode: ExitCode;

  /** An error with that message, and the code to exit with. */
  constructor(message: string, exitCode: ExitCode) {
    super(message);
    this.exitCode = exitCode;
    this.name = new.target.name;
  }
}

/** The command line asks for something that does not exist or makes no sense. */
export class UsageError extends TandemError {
  constructor(message: string) {
    super(message, 2);
  }
}

/** The user's module cannot be used as a job. */
export class JobError extends TandemError {
  /** `path` names the job; `found` says what is wrong with it, as the end of the sentence "job.ts: ...". */
  constructor(path: string, found: string) {
    super(`${path}: ${found}`, 2);
  }
}

/** Results could not be written (a full disk, for example). A closed pipe is not an error: see {@link ClosedPipe}. */
export class OutputError extends TandemError {
  constructor(where: string, cause: string) {
    super(`cannot write to ${where}: ${cause}; the results end here, free some space or choose another place`, 3);
  }
}

/** A journal cannot be begun, gone on with (2) or written (3). Nothing more is said of the run. */
export class JournalError extends TandemError {
  /** `path` names the journal; `found` says what is wrong and what to do, as the end of the sentence "run.journal: ...". */
  constructor(path: string, found: string, exitCode: 2 | 3 = 2) {
    super(`${path}: ${found}`, exitCode);
  }
}

/** Whoever read our output has gone, as `head` does: a reason to stop, not a failure. */
export class ClosedPipe extends Error {
  constructor() {
    super("the reader of the output has closed it");
    this.name = "ClosedPipe";
  }
}

/** What an error says; a job or a library can throw anything. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
