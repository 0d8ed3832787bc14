/** The program's exit codes; `tandem help exit-codes` documents them for users. 129, 130 and 143 are used for signals. */
export const exitCodes = {
  ok: 0,
  /** Some items failed, modes gave different results, or a gate (`--fail-on`) is not passed: a claim fails, a job is slower, a row regressed; or shards do not have all lines. */
  failed: 1,
  /** Wrong usage, or a job or file that cannot be used. */
  unusable: 2,
  /** Results could not be written. */
  notWritten: 3,
  /** A claim, a change of a job, or a row is unclear that must not be (`--fail-on`). */
  unclear: 4,
  /** The run gave up: its threads keep crashing. */
  gaveUp: 5,
  /** A bug of ours: EX_SOFTWARE of sysexits.h. */
  internal: 70,
  /** Another run has the journal, and it may be free later: EX_TEMPFAIL of sysexits.h. */
  busy: 75,
} as const;

/** Exit codes that an error can ask for. */
export type ExitCode = 1 | 2 | 3 | 5 | 75;

/** What kind of failure it is, for programs: it stays the same when the wording of the message changes. */
export type ErrorCode =
  | "usage"
  | JobErrorCode
  | "permissions"
  | "too-few-items"
  | "item-failed"
  | "thread-lost"
  | "too-many-threads"
  | "program-missing"
  | "outputs-differ"
  | "no-round"
  | "too-many-failures"
  | "gave-up"
  | "output"
  | JournalErrorCode;

/** Why a module cannot be used as a job: an import is not available, JSX finds no React, its memory limit is too small to start, its runtime cannot deny what is not granted, or other. */
export type JobErrorCode = "job" | "foreign-import" | "no-react" | "memory-too-small" | "not-denied";

/** Why a journal cannot be used. */
export type JournalErrorCode =
  | "journal"
  | "journal-busy"
  | "journal-missing"
  | "journal-not-begun"
  | "journal-unfinished"
  | "journal-differs"
  | "journal-not-written";

/** Codes whose exit code is not 2. */
const exitCodeOf: Readonly<Partial<Record<ErrorCode, ExitCode>>> = {
  "item-failed": exitCodes.failed,
  "thread-lost": exitCodes.failed,
  "outputs-differ": exitCodes.failed,
  "too-many-failures": exitCodes.failed,
  output: exitCodes.notWritten,
  "journal-busy": exitCodes.busy,
  "journal-not-written": exitCodes.notWritten,
  "gave-up": exitCodes.gaveUp,
};

/**
 * A failure that the user can fix: its message says what happened and what was found. What to do about it depends on the
 * caller: the program looks it up by the code and says it in terms of its flags.
 */
export class TandemError extends Error {
  /** What kind of failure it is. */
  readonly code: ErrorCode;
  /** What the error is about, for the remedy: a journal's name, for example. */
  readonly about: string;

  /** An error with this code and message. */
  constructor(code: ErrorCode, message: string, about = "") {
    super(message);
    this.code = code;
    this.about = about;
    this.name = new.target.name;
  }

  /** What the program exits with. */
  get exitCode(): ExitCode {
    return exitCodeOf[this.code] ?? exitCodes.unusable;
  }
}

/** The command line asks for something that does not exist or makes no sense. */
export class UsageError extends TandemError {
  constructor(message: string) {
    super("usage", message);
  }
}

/** The user's module cannot be used as a job. */
export class JobError extends TandemError {
  /** `path` names the job; `found` says what is wrong with it, as the end of the sentence "job.ts: ...". */
  constructor(path: string, found: string, code: JobErrorCode = "job") {
    super(code, `${path}: ${found}`);
  }
}

/** An item failed while modes were compared; `index` is its place among the user's items, `where` the kind of run. */
export class ItemFailed extends TandemError {
  constructor(index: number, where: string, { name, message }: { readonly name: string; readonly message: string }) {
    super("item-failed", `item ${index + 1} failed in ${where}: ${name}: ${message}`);
  }
}

/** A thread was lost and replaced while modes were compared: the time of that run says nothing. */
export class ThreadLost extends TandemError {
  constructor(where: string) {
    super("thread-lost", `a thread ended in ${where} and was replaced, so its time says nothing`);
  }
}

/** The system has no room for another thread or process. */
export class TooManyThreads extends TandemError {
  constructor(what: "thread" | "process", error: unknown) {
    super("too-many-threads", `another ${what} cannot be started: ${systemReason(error)}`);
  }

  /** Whether the system says so: no more memory, files, or (EAGAIN, on Linux and on macOS) processes and threads. */
  static isMeantBy(error: unknown): boolean {
    return /\(os error (11|12|23|24|35)\)/.test(messageOf(error));
  }
}

/** What an item gave in a run: its records, a line each. */
interface Output {
  readonly where: string;
  /** An earlier run there gave what it should: the mode is not the cause. */
  readonly isLater?: boolean;
  readonly gave: string;
}

/** The outputs of two runs differ; `index` is the first such item's place among the user's items. */
export class OutputsDiffer extends TandemError {
  constructor(index: number, one: Output, other: Output) {
    const [a, b] = [one, other].map(({ where, gave, isLater }) =>
      `${shown(gave)} in ${isLater ? "a later run of " : ""}${where}`
    );
    super("outputs-differ", `the outputs differ: item ${index + 1} gave ${a} and ${b}`);
  }
}

function shown(records: string, maxChars = 120): string {
  const text = records.trimEnd().replaceAll("\n", ", ");
  if (text === "") return "nothing";
  return text.length > maxChars ? `${text.slice(0, maxChars).replace(/[\ud800-\udbff]$/, "")}...` : text;
}

/** There are too few items if none may run twice. */
export class TooFewItems extends TandemError {
  constructor(needed: number, given: number) {
    const what = `at least ${needed} items are needed if each runs once, because each run has its own items`;
    super("too-few-items", `${what}; there ${given === 1 ? "is" : "are"} ${given}`);
  }
}

/** What took the time, or would: items that are read, the job that loads, the calibration, or the rounds. */
export type TimeTaken =
  | { readonly kind: "reading"; readonly from: string }
  | { readonly kind: "loading"; readonly job: string }
  | { readonly kind: "calibrating" }
  | { readonly kind: "rounds" }
  /** Each run of a round has at least `items` items, and the round takes at least `roundMs`; `neededMs` is enough for all. */
  | { readonly kind: "round"; readonly items: number; readonly roundMs: number; readonly neededMs: number };

/** The time was up before each mode had run once, or will be. */
export class NoWholeRound extends TandemError {
  /** The time limit, in milliseconds. */
  readonly maxMs: number;

  /** `taken`: what took the time. */
  constructor(maxMs: number, taken: TimeTaken = { kind: "rounds" }) {
    const needed = taken.kind === "round" ? `${Math.ceil(taken.neededMs / 1000)}s` : "";
    super("no-round", `no round is over within ${maxMs / 1000} s: ${whyNoRound(taken)}`, needed);
    this.maxMs = maxMs;
  }
}

function whyNoRound(taken: TimeTaken): string {
  switch (taken.kind) {
    case "reading":
      return `${taken.from} has not ended by then`;
    case "loading":
      return `${taken.job} has not loaded by then (does its top level, or setup, ever end?)`;
    case "calibrating":
      return "the first items take longer than that";
    case "rounds":
      return "each mode has to run once";
    case "round": {
      const items = taken.items === 1 ? "1 item" : `${taken.items} items`;
      return `one, with ${items} in each run, takes at least ${Math.ceil(taken.roundMs / 1000)} s`;
    }
    default:
      return taken satisfies never;
  }
}

/** Results could not be written (a full disk, for example). A closed pipe is not an error: see {@link ClosedPipe}. */
export class OutputError extends TandemError {
  /** `cause`: the system's error, or what it says; `remedy`: what to do, by default as the cause says. */
  constructor(where: string, cause: unknown, remedy = writeRemedy(cause)) {
    super("output", `cannot write to ${where}: ${systemReason(cause)}; ${remedy}`);
  }
}

/** What to do where a file cannot be written. */
export function writeRemedy(cause: unknown): string {
  const code = typeof cause === "object" && cause !== null && "code" in cause ? cause.code : undefined;
  if (code === "ENOSPC" || code === "EDQUOT") return "free some space or choose another place";
  if (code !== "EAGAIN") return "choose another place";
  return "another program has made it non-blocking, and it is full; put a pipe between: ... | cat";
}

/** A journal cannot be created, resumed or written. The run ends without a summary. */
export class JournalError extends TandemError {
  /** `path` names the journal; `found` says what is wrong, as the end of the sentence "run.journal: ...". */
  constructor(path: string, found: string, code: JournalErrorCode = "journal", about = path) {
    super(code, `${path}: ${found}`, about);
  }
}

/** The reader of our output has closed it, as `head` does: a reason to stop, not a failure. */
export class ClosedPipe extends Error {
  constructor() {
    super("the reader of the output has closed it");
    this.name = "ClosedPipe";
  }
}

/** What the system says about a file or a program, without the number, the call and the path that Deno adds. */
export function systemReason(error: unknown): string {
  if (isProtected(error)) return "Deno protects files in /dev, /proc and /sys";
  return messageOf(error).replace(/^Failed to spawn '.*': /s, "").replace(/ \(os error \d+\)(: \w+ '.*')?$/s, "");
}

/** Whether Deno refused a path that only a program with all permissions may use: most of what is in /dev, /proc and /sys. */
export function isProtected(error: unknown): boolean {
  return error instanceof Deno.errors.NotCapable && error.message.startsWith("Requires all access");
}

/** The message of an error; a job or a library can throw anything. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
