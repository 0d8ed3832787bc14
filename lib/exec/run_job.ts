import { fileUrl } from "../paths.ts";
import { TandemError } from "../errors.ts";
import type { FailureLimit } from "../model/failure_limit.ts";
import type { Outcome } from "../model/item.ts";
import { outcomesOf } from "./pool/outcomes.ts";
import type { PoolEvent } from "./pool/run_options.ts";
import { openPool } from "./pool/pool.ts";
import type { Format } from "./wire/protocol.ts";
import { optionRemedies, type Remedies } from "./wire/remedies.ts";
import { encodeBytesItem, encodeJsonItem, valueSource } from "./input/value_source.ts";
import { type Permissions, workerHost } from "./host/worker_host.ts";

/** What runs over the items, and how. */
export interface RunJobOptions {
  /** The job's module: a URL, or a path. Its default export is a function or a generator function of one item. */
  readonly job: URL | string;
  /** Number of threads; by default the number of usable cores. */
  readonly threads?: number;
  /** Number of items that each thread runs at once; 1 by default. */
  readonly tasks?: number;
  /** True (the default): outcomes come in the order of the items. False: as they end. */
  readonly ordered?: boolean;
  /**
   * What items are: JSON values (the default), which JSON gives back as they are (so not NaN, a Date, a Map; a property that is
   * undefined is left out), or `Uint8Array`s.
   */
  readonly input?: "json" | "bytes";
  /** What the job's values are: JSON values (the default) or `Uint8Array`s. */
  readonly output?: "json" | "bytes";
  /**
   * How often a failed item runs again; 0 by default. It rests up to 100 ms first, up to twice as long each further time, and as long
   * as its error asks for with `retryAfter`. While other items are left to start, retries take at most a fifth of the run.
   */
  readonly retries?: number;
  /** Longest pause before an attempt, in milliseconds; 60,000 by default. An item whose error asks for a longer one fails at once. */
  readonly retryMaxMs?: number;
  /** Names of the errors that are retried, like `TimeoutError`; all by default. */
  readonly retryOn?: readonly string[];
  /** The run ends early when more items than this have failed, or more than `percent` of those that ended, once 100 have. */
  readonly maxFailures?: FailureLimit;
  /**
   * Maximum time from an item's start to its end, in milliseconds. A stuck thread is abandoned and replaced, and the
   * items that only waited there run again.
   */
  readonly timeoutMs?: number;
  /** Permissions of the job's threads; needs `unstable: ["worker-options"]`. Without it they have the program's permissions. */
  readonly permissions?: Permissions;
  /**
   * Called with an error that fails no item: thrown, or rejected with and caught by nobody, after its item's end. By default
   * `reportError`, which ends the program unless it listens to `error` events.
   */
  readonly onWarning?: (warning: Error) => void;
  /** Cancels the run: the signals of running items abort, and the loop throws the reason. */
  readonly signal?: AbortSignal;
}

/** The default of `retryMaxMs`. */
const defaultRetryMaxMs = 60_000;

/** A timer counts in 32 bits. */
const maxTimeMs = 2 ** 31 - 1;

/** Maximum length of a job's value, in bytes. */
const maxResult = 1024 ** 3;

/**
 * Runs a job over items in threads, and yields their outcomes. Items are read only as fast as outcomes are taken. Leaving the
 * loop ends the threads and closes the items.
 *
 * @example
 * ```ts
 * import { runJob } from "@tandem/tandem";
 *
 * const job = "data:application/javascript,export default (item) => item * item";
 * for await (const outcome of runJob([1, 2, 3], { job: new URL(job), threads: 2 })) {
 *   if (outcome.kind === "ok") console.log(outcome.index, outcome.value);
 * }
 * ```
 *
 * @throws {JobError} the module cannot be used as a job
 * @throws {TypeError} `items` are not iterable, or a string; or an item is not what `input` says
 * @throws {RangeError} `threads`, `tasks`, `timeoutMs` or `retryMaxMs` is not a whole number from 1 on, `retries` or `maxFailures`
 * not one from 0 on, or `percent` not a number from 0 to 100; or a time is more than 2,147,483,647 (24.8 days)
 * @throws {TandemError} too many items have failed (code `too-many-failures`); or the threads keep crashing (code `gave-up`), cannot have these permissions (code `permissions`), or are more than
 * the system has open files for (code `too-many-threads`)
 */
export async function* runJob(
  items: AsyncIterable<unknown> | Iterable<unknown>,
  options: RunJobOptions,
): AsyncGenerator<Outcome, void, undefined> {
  const { job, threads = navigator.hardwareConcurrency, tasks = 1, input = "json", output = "json" } = options;
  const { ordered = true, retries = 0, timeoutMs, onWarning = reportError, signal } = options;
  const { retryMaxMs = defaultRetryMaxMs, retryOn, maxFailures } = options;
  checkItems(items);
  checkCount("threads", threads);
  checkCount("tasks", tasks);
  checkCount("retries", retries, 0);
  checkTimeout(timeoutMs);
  checkCount("retryMaxMs", retryMaxMs, 1, maxTimeMs);
  const tooMany = await failureCheck(maxFailures);
  const url = job instanceof URL ? job : fileUrl(job);
  const pool = await openPool({
    job: { kind: "module", url: url.href },
    name: String(job),
    threads,
    tasks,
    host: workerHost(options.permissions),
    format: valueFormat(input, output),
    retry: retries === 0 ? undefined : { maxMs: retryMaxMs, names: retryOn },
    signal,
  });
  try {
    const source = valueSource(items, input === "bytes" ? encodeBytesItem : encodeJsonItem);
    const onEvent = (event: PoolEvent) => {
      if (event.kind === "uncaught") queueMicrotask(() => onWarning(lateError(event))); // what it throws is the caller's
    };
    for await (const deliveries of pool.run(source, { ordered, retries, timeoutMs, onEvent })) {
      for (const outcome of outcomesOf(deliveries, output)) {
        yield outcome;
        tooMany?.(outcome);
      }
    }
    signal?.throwIfAborted();
  } finally {
    await pool.close();
  }
}

/** Counts outcomes, and throws when too many are errors; undefined without a limit. */
async function failureCheck(limit: FailureLimit | undefined): Promise<((outcome: Outcome) => void) | undefined> {
  if (limit === undefined) return undefined;
  if (typeof limit === "number") checkCount("maxFailures", limit, 0);
  else if (!(limit.percent >= 0 && limit.percent <= 100)) {
    throw new RangeError(`maxFailures.percent is ${limit.percent}, expected a number from 0 to 100`);
  }
  const { tooManyFailed } = await import("../model/failure_limit.ts");
  const counts = { ok: 0, failed: 0 };
  return ({ kind }) => {
    if (kind === "value") return;
    counts[kind === "error" ? "failed" : "ok"]++;
    if (!tooManyFailed(limit, counts)) return;
    throw new TandemError("too-many-failures", `${counts.failed} of ${counts.ok + counts.failed} items have failed`);
  };
}

function lateError({ message, line }: PoolEvent & { readonly kind: "uncaught" }): Error {
  return new Error(`${line === undefined ? "the job" : `item ${line - 1}, after its end`}: ${message}`);
}

/** @throws {TypeError} they are not iterable, or a string, whose characters nobody means */
export function checkItems(items: unknown): void {
  if (typeof items === "string") throw new TypeError("items is a string, expected a list or another iterable of items");
  const { [Symbol.iterator]: sync, [Symbol.asyncIterator]: async } = Object(items);
  if (typeof sync === "function" || typeof async === "function") return;
  const found = items === null || items === undefined ? items : `a value of type ${typeof items}`;
  throw new TypeError(`items is ${found}, expected a list or another iterable of items`);
}

/** @throws {RangeError} the option `name` is not a whole number from `min` to `max` */
export function checkCount(name: string, value: number, min = 1, max: number = Number.MAX_SAFE_INTEGER): void {
  if (Number.isSafeInteger(value) && value >= min && value <= max) return;
  const end = max < Number.MAX_SAFE_INTEGER ? `to ${max}` : "on";
  throw new RangeError(`${name} is ${value}, expected a whole number from ${min} ${end}`);
}

/** @throws {RangeError} it is not a whole number from 1 on, or the limit's word in shared memory cannot hold it */
export function checkTimeout(timeoutMs: number | undefined): void {
  if (timeoutMs !== undefined) checkCount("timeoutMs", timeoutMs, 1, maxTimeMs);
}

/** The format of records that this program reads back itself. */
export function valueFormat(
  input: "json" | "bytes",
  output: "json" | "bytes",
  remedies: Remedies = optionRemedies,
): Format {
  return {
    input,
    output,
    separator: "\n",
    errorSeparator: "\n",
    errorsAtOnce: false,
    tag: false,
    maxLine: Infinity,
    maxResult,
    remedies,
  };
}
