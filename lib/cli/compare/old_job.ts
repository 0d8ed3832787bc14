import { UsageError } from "../../errors.ts";
import type { Against } from "../../model/comparison.ts";
import type { RuntimeName } from "../../model/runtime.ts";
import { filePath } from "../../paths.ts";
import { findJob, type JobFile } from "../job/job_file.ts";
import { jobDigest } from "../job/plan_file.ts";
import { isForeign, type RuntimeChoice, runtimeText } from "../job/slot_options.ts";
import type { Session } from "../terminal/session.ts";
import { type CompareValues, inRuntime } from "./command.ts";

/** The job that the new one is compared with, or the same one in the first runtime. Disposing removes what was taken from git. */
export interface OldJob extends AsyncDisposable {
  /** As messages name it. */
  readonly name: string;
  /** As messages name the new one. */
  readonly nowName: string;
  readonly file: JobFile;
  /** What the document says of it, given what the slots of both have said that they run in. */
  about(ran: { readonly old: RuntimeName; readonly now: RuntimeName }): Against;
}

/**
 * Refuses flags that do not go together with two jobs or two runtimes, or with one. `isRuntimeGiven`: by --runtime.
 *
 * @throws {UsageError} says which
 */
function checkFlags(old: string | undefined, values: CompareValues, isRuntimeGiven: boolean): void {
  const { against, runtimes, modes, failOn } = values;
  const isRuntimes = runtimes.length > 0;
  if (isRuntimes) checkRuntimes(old, values, isRuntimeGiven);
  if (against !== undefined && old !== undefined) {
    throw new UsageError(
      "--against takes the old job from git, so there is one to name: tandem compare --against REF JOB",
    );
  }
  if (against === undefined && old === undefined && !isRuntimes) {
    const flag = failOn.length > 0 ? "--fail-on" : modes.length > 0 ? "--modes" : "--margin";
    throw new UsageError(
      `${flag} is for two jobs: tandem compare OLD NEW, or --against REF JOB; or for two runtimes: --runtimes deno,node`,
    );
  }
  const one = isRuntimes ? "one runtime" : "one job";
  if (values.grid) throw new UsageError(`--grid is for ${one}; with two, choose --modes, --threads and --tasks`);
  if (values.once) {
    throw new UsageError(`--once is for ${one}: two are compared over the same items, which run in both`);
  }
}

function checkRuntimes(old: string | undefined, values: CompareValues, isRuntimeGiven: boolean): void {
  const { against, runtimes, isolate, deno } = values;
  const all = runtimes.map(runtimeText);
  if (all.length !== 2 || all[0] === all[1]) {
    throw new UsageError(`--runtimes ${all.join(",")}: expected two different runtimes, like deno,node`);
  }
  if (old !== undefined) {
    throw new UsageError(
      "--runtimes compares a job with itself, so there is one to name: tandem compare JOB --runtimes deno,node",
    );
  }
  if (against !== undefined) {
    throw new UsageError("--against compares two jobs, and --runtimes two runtimes of one job; leave out one of them");
  }
  if (isRuntimeGiven) throw new UsageError("--runtimes names both runtimes; leave out --runtime");
  if (isolate === "worker") throw new UsageError("--runtimes needs processes; leave out --isolate=worker");
  if (deno !== undefined && !runtimes.includes("deno")) {
    throw new UsageError(`--deno names a Deno, and --runtimes ${all.join(",")} has none; leave out --deno`);
  }
}

/**
 * Finds the old job: the first of two operands, with `--against` the new job as it was in a commit, or with `--runtimes` the same
 * job for the first runtime. `reference`: the new one. To be called where there are two, or flags that need two.
 *
 * @throws {JobError} there is no such file, or this program cannot load it
 * @throws {UsageError} there is no such built-in job, or no such commit; or flags contradict each other
 */
export async function openOldJob(
  operands: readonly string[],
  values: CompareValues,
  { reference }: Pick<JobFile, "reference">,
  session: Session,
): Promise<OldJob> {
  const [job, old] = operands.toReversed();
  checkFlags(old, values, session.call.given.runtime !== undefined);
  const { against: ref, margin } = values;
  if (values.runtimes.length > 0) return await inFirstRuntime(job, values, session);
  const foreign = isForeign(values);
  if (ref === undefined) {
    const file = await findJob(old, session, foreign);
    const about = { job: old, jobSha256: await jobDigest(file.reference), git: null, margin };
    return { name: old, nowName: job, file, about: () => about, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  if (reference.kind !== "module") throw new UsageError(`--against ${ref}: ${job} is built in, and in no repository`);
  const { openGitTree } = await import("./git_tree.ts");
  const { stop: signal, onForcedEnd } = session;
  const tree = await openGitTree(filePath(new URL(reference.url)), ref, job, { signal, onForcedEnd });
  try {
    const file = await findJob(tree.file, session, foreign);
    const about = { job, jobSha256: await jobDigest(file.reference), git: { ref, commit: tree.commit }, margin };
    const name = `${job} at ${ref}`;
    return { name, nowName: job, file, about: () => about, [Symbol.asyncDispose]: () => tree[Symbol.asyncDispose]() };
  } catch (error) {
    await tree[Symbol.asyncDispose]();
    throw error;
  }
}

/** The job as the first of two runtimes loads it. */
async function inFirstRuntime(job: string, values: CompareValues, session: Session): Promise<OldJob> {
  const { runtimes: [first, second], margin, deno } = values;
  const file = await findJob(job, session, isForeign(inRuntime(values, first)));
  const about = { job, jobSha256: await jobDigest(file.reference), git: null, margin };
  const programOf = (runtime: RuntimeChoice) =>
    typeof runtime === "object" ? runtime.program : runtime === "deno" ? deno || runtime : runtime;
  return {
    name: `${job} in ${runtimeText(first)}`,
    nowName: `${job} in ${runtimeText(second)}`,
    file,
    about: ({ old, now }) => ({
      ...about,
      runtimes: { old: { ...old, program: programOf(first) }, now: { ...now, program: programOf(second) } },
    }),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}
