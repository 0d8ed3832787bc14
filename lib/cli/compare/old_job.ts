import { UsageError } from "../../errors.ts";
import type { Against } from "../../model/comparison.ts";
import { filePath } from "../../paths.ts";
import { findJob, type JobFile } from "../job/job_file.ts";
import { jobDigest } from "../job/plan_file.ts";
import { isForeign } from "../job/slot_options.ts";
import type { Session } from "../terminal/session.ts";
import type { CompareValues } from "./command.ts";

/** The job that the new one is compared with. Disposing removes what was taken from git. */
export interface OldJob extends AsyncDisposable {
  /** As messages name it. */
  readonly name: string;
  readonly file: JobFile;
  readonly about: Against;
}

/**
 * Refuses flags that do not go together with two jobs, or with one.
 *
 * @throws {UsageError} says which
 */
function checkFlags(old: string | undefined, values: CompareValues): void {
  const { against, modes, failOn } = values;
  if (against !== undefined && old !== undefined) {
    throw new UsageError(
      "--against takes the old job from git, so there is one to name: tandem compare --against REF JOB",
    );
  }
  if (against === undefined && old === undefined) {
    const flag = failOn.length > 0 ? "--fail-on" : modes.length > 0 ? "--modes" : "--margin";
    throw new UsageError(`${flag} is for two jobs: tandem compare OLD NEW, or --against REF JOB`);
  }
  if (values.grid) throw new UsageError("--grid is for one job; with two, choose --modes, --threads and --tasks");
  if (values.once) {
    throw new UsageError("--once is for one job: two are compared over the same items, which run in both");
  }
}

/**
 * Finds the old job: the first of two operands, or with `--against` the new job as it was in a commit. `reference`: the new one.
 * To be called where there are two, or flags that need two.
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
  checkFlags(old, values);
  const { against: ref, margin } = values;
  const foreign = isForeign(values);
  if (ref === undefined) {
    const file = await findJob(old, session, foreign);
    const about = { job: old, jobSha256: await jobDigest(file.reference), git: null, margin };
    return { name: old, file, about, [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  if (reference.kind !== "module") throw new UsageError(`--against ${ref}: ${job} is built in, and in no repository`);
  const { openGitTree } = await import("./git_tree.ts");
  const { stop: signal, onForcedEnd } = session;
  const tree = await openGitTree(filePath(new URL(reference.url)), ref, job, { signal, onForcedEnd });
  try {
    const file = await findJob(tree.file, session, foreign);
    const about = { job, jobSha256: await jobDigest(file.reference), git: { ref, commit: tree.commit }, margin };
    return { name: `${job} at ${ref}`, file, about, [Symbol.asyncDispose]: () => tree[Symbol.asyncDispose]() };
  } catch (error) {
    await tree[Symbol.asyncDispose]();
    throw error;
  }
}
