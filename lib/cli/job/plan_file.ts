import { sha256 } from "../../digest.ts";
import { systemReason, UsageError } from "../../errors.ts";
import type { JobReference } from "../../model/item.ts";
import type { Machine } from "../../model/machine.ts";
import type { Plan } from "../../model/plan.ts";
import { printable } from "../../report/printable.ts";
import { plural } from "../../report/words.ts";
import { hashJob } from "../../jobs/job_hash.ts";
import type { Session } from "../terminal/session.ts";

/** What tells a job from others: the hash of its modules, or of a built-in job's name. */
export async function jobDigest(job: JobReference): Promise<string> {
  return job.kind === "module" ? await hashJob(job.url) : await sha256(`@${job.name}`);
}

/** A plan as the text of its file. */
export function planJson(plan: Plan): string {
  return `${JSON.stringify(plan, undefined, 2)}\n`;
}

/**
 * Reads a plan.
 *
 * @throws {UsageError} it cannot be read, or is not a plan
 */
export async function readPlan(path: string): Promise<Plan> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw new UsageError(
      `--plan ${path}: cannot be read: ${systemReason(error)}; make one: tandem compare JOB --save-plan ${path}`,
    );
  }
  const plan = await parsePlan(text);
  if (plan !== undefined) return plan;
  throw new UsageError(`--plan ${path}: not a plan file; make one: tandem compare JOB --save-plan ${path}`);
}

/** Undefined if the text is not a plan. */
export async function parsePlan(text: string): Promise<Plan | undefined> {
  const { planOf } = await import("../../report/schema/plan.ts"); // valibot: only if a plan is given
  try {
    return planOf(JSON.parse(text));
  } catch {
    return undefined; // not JSON
  }
}

/** Warns of what has changed since a plan was made. */
export async function warnOfChanges(
  plan: Plan,
  job: JobReference,
  { stderr, machine }: Pick<Session, "stderr" | "machine">,
  makeRoom: () => Promise<void>,
): Promise<void> {
  for (const change of planChanges(plan, await jobDigest(job), await machine())) {
    await makeRoom();
    await stderr.write(`! the plan was made for ${printable(change)}: compare again\n`);
  }
}

/** What has changed since a plan was made, each as the end of "! the plan was made for ...". */
export function planChanges(
  plan: Plan,
  jobSha256: string,
  machine: Pick<Machine, "cpu" | "usableCores">,
): string[] {
  const { cpu, cores } = plan;
  return [
    ...plan.jobSha256 === jobSha256 ? [] : [`another job, or another version of it (${plan.job})`],
    ...cpu === machine.cpu && cores === machine.usableCores
      ? []
      : [`another machine (${cpu}, ${plural(cores, "core")})`],
  ];
}
