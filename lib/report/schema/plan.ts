import * as v from "valibot";
import { useReason } from "./reasons.ts";
import type { Plan } from "../../model/plan.ts";
import { count, literal, object, schemaOf, string } from "./fields.ts";

/** The file that `tandem compare --save-plan` writes and `tandem run --plan` reads. */
export const planSchema = schemaOf<Plan>()(object({
  plan: literal(1, "the version of this form"),
  job: string("the job, as the command line named it"),
  jobSha256: string("SHA-256 of the job and of what it imports by relative paths, or of a built-in job's name"),
  cpu: string("name of the processor that it was measured on"),
  cores: count("cores that could be used", 1),
  threads: count("threads to use", 1),
  tasks: count("items that each thread is to run at once", 1),
  reason: useReason,
}, "what tandem compare --save-plan writes: the saved advice, for tandem run --plan"));

/** The value as a plan; undefined if it is not one. */
export function planOf(value: unknown): Plan | undefined {
  const { success, output } = v.safeParse(planSchema, value);
  return success ? output : undefined;
}
