import { runJob, type RunJobOptions } from "@tandem/tandem";
import { jobOf } from "./inline_job.ts";

export const echo = jobOf("export default (item) => item");
export const square = jobOf("export default (i) => i * i");

/** A test of the library: it may leave nothing open. */
export function testLibrary(name: string, fn: () => Promise<void>): void {
  Deno.test({ name: `runJob: ${name}`, sanitizeOps: true, sanitizeResources: true, fn });
}

/** The values of a job over items, in two threads; outcomes that have none are shown whole. */
export async function valuesOf(
  items: AsyncIterable<unknown> | Iterable<unknown>,
  options: Omit<RunJobOptions, "threads">,
): Promise<unknown[]> {
  const outcomes = await Array.fromAsync(runJob(items, { threads: 2, ...options }));
  return outcomes.map((outcome) => "value" in outcome ? outcome.value : outcome);
}
