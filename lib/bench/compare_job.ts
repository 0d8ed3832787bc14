import { systemClock } from "../clock.ts";
import { type Permissions, workerHost } from "../exec/host/worker_host.ts";
import { checkCount, checkItems, checkTimeout } from "../exec/run_job.ts";
import { encodeJsonItem } from "../exec/input/value_source.ts";
import type { JobComparison } from "../model/comparison.ts";
import type { RoundSchedule } from "../model/round_schedule.ts";
import { fileUrl } from "../paths.ts";
import type { CompareWanted } from "./compare_work.ts";

/** A job to compare modes with. */
export interface ComparedJob {
  /** The job's module: a URL, or a path. Its default export is a function or a generator function of one item. */
  readonly job: URL | string;
  /** Maximum time from an item's start to its end, in milliseconds. An item that takes longer ends the comparison. */
  readonly timeoutMs?: number;
  /** Permissions of the job's threads; needs `unstable: ["worker-options"]`. Without it they have the program's permissions. */
  readonly permissions?: Permissions;
}

/** What goes on around a comparison. */
export interface CompareHooks {
  /** Stops the comparison. It then resolves to what whole rounds have shown, or rejects with the reason if there are none. */
  readonly signal?: AbortSignal;
  /** Called, and awaited, before the first run and after each one, with the number of runs so far: never while a clock runs. */
  readonly onRun?: (runs: number, schedule: RoundSchedule) => void | Promise<void>;
}

/**
 * Measures whether a job should run serial, as tasks, in threads or both: each mode once in each of several shuffled rounds,
 * over the same items. Needs the permission `sys`.
 *
 * @example
 * ```ts
 * import { compareJob } from "@tandem/tandem";
 *
 * const job = new URL("data:application/javascript,export default (item) => item * item");
 * const { advice, modes } = await compareJob({ job }, [1, 2, 3], { rounds: 2 });
 * console.log(advice.kind, modes.map(({ mode, ratio }) => `${mode}: ${ratio}`));
 * ```
 *
 * @throws {JobError} the module cannot be used as a job
 * @throws {TypeError} `items` are not iterable, or a string; or an item is not a JSON value
 * @throws {RangeError} a number of `wanted`, or `timeoutMs`, is not a whole number, too small or too large; or there are no items
 * @throws {TandemError} an item failed (code `item-failed`), a thread was lost (`thread-lost`), modes gave different results
 * (`outputs-differ`), there are too few items (`too-few-items`), or the time was up before each mode had run once (`no-round`)
 */
export async function compareJob(
  { job, timeoutMs, permissions }: ComparedJob,
  items: Iterable<unknown>,
  wanted: CompareWanted = {},
  { signal = new AbortController().signal, onRun }: CompareHooks = {},
): Promise<JobComparison> {
  signal.throwIfAborted();
  const { outputs = "equal" } = wanted;
  if (outputs !== "equal" && outputs !== "ignore") {
    throw new RangeError(`outputs is ${outputs}, expected "equal" or "ignore"`);
  }
  const { threads, tasks, rounds, warmupRounds, maxMs, seed } = wanted;
  checkCounts({ threads, tasks, rounds, maxMs }, 1);
  checkCounts({ warmupRounds, seed }, 0);
  checkTimeout(timeoutMs);
  checkItems(items);
  // loaded here, so that the library costs who only runs jobs nothing more
  const [{ compareWork }, { readMachine }] = await Promise.all([import("./compare_work.ts"), import("./machine.ts")]);
  const clock = systemClock;
  const { cores: all, usableCores: usable } = readMachine();
  const work = {
    job: { kind: "module", url: (job instanceof URL ? job : fileUrl(job)).href },
    name: String(job),
    input: "json",
    host: workerHost(permissions),
    timeoutMs,
    clock,
  } as const;
  const bytes = Array.from(items, encodeJsonItem);
  if (bytes.length === 0) throw new RangeError("there are no items, expected one at least");
  return await compareWork(work, bytes, wanted, { clock, signal, cores: { all, usable }, startMs: clock.now(), onRun });
}

/** Whether those that are given are whole numbers, and not too small. */
function checkCounts(counts: Readonly<Record<string, number | undefined>>, min: number): void {
  for (const [name, value] of Object.entries(counts)) if (value !== undefined) checkCount(name, value, min);
}
