import { sha256 } from "../../digest.ts";
import { systemReason, UsageError } from "../../errors.ts";
import type { JobReference } from "../../model/item.ts";
import type { Machine } from "../../model/machine.ts";
import type { Plan } from "../../model/plan.ts";
import { printableJson } from "../../report/printable.ts";
import { plural } from "../../report/words.ts";
import { warningText } from "../../report/wrap.ts";
import { hashJob } from "../../jobs/job_hash.ts";
import { tool } from "../../tool.ts";
import { flagWords } from "../terminal/command_line.ts";
import type { Session } from "../terminal/session.ts";
import { maxWidth } from "./slot_options.ts";

/** What tells a job from others: the hash of its modules, or of a built-in job's name, or of a command. */
export async function jobDigest(job: JobReference): Promise<string> {
  if (job.kind === "exec") return await sha256(JSON.stringify([job.template.program, job.template.args]));
  return job.kind === "module" ? await hashJob(job.url) : await sha256(`@${job.name}`);
}

/** A plan as the text of its file. */
export function planJson(plan: Plan): string {
  return `${printableJson(JSON.stringify(plan, undefined, 2))}\n`;
}

/**
 * Reads a plan.
 *
 * @throws {UsageError} it cannot be read, is not a plan of this version, or is wider than a run can be
 */
export async function readPlan(path: string): Promise<Plan> {
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw unusable(path, `cannot be read: ${systemReason(error)}`);
  }
  const plan = await parsePlan(text);
  if (typeof plan === "string") throw unusable(path, plan);
  return plan;
}

function unusable(path: string, found: string): UsageError {
  return new UsageError(
    `--plan ${path}: ${found}; make one: tandem compare JOB ${flagWords("--save-plan", path)}`,
  );
}

/** The plan that a text is; or why it is none that can be followed, as the end of a sentence. */
export async function parsePlan(text: string): Promise<Plan | string> {
  const { planOf } = await import("../../report/schema/plan.ts"); // valibot: only if a plan is given
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return "not a plan file";
  }
  const version = (value as { readonly plan?: unknown } | null)?.plan;
  if (typeof version === "number" && version !== 1) {
    return `a plan of version ${version}, and this is tandem ${tool.version}, which follows version 1`;
  }
  const plan = planOf(value);
  if (plan === undefined) return "not a plan file";
  const tooWide = (["threads", "tasks"] as const).find((name) => plan[name] > maxWidth[name]);
  return tooWide === undefined ? plan : `its ${tooWide} are ${plan[tooWide]}, expected 1 to ${maxWidth[tooWide]}`;
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
    await stderr.write(warningText(`the plan was made for ${change}: compare again`, stderr.style));
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
