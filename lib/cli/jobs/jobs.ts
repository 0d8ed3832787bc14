import { systemClock } from "../../clock.ts";
import { builtinJobs } from "../../jobs/builtin.ts";
import { jsonDocument } from "../../report/document.ts";
import { jobsText } from "../../report/jobs_text.ts";
import type { Session } from "../terminal/session.ts";
import { tool } from "../table/version.ts";

/** `tandem jobs`: what is built in, and which mode should suit it. */
export async function run(values: { readonly json: boolean }, { stdout }: Session): Promise<number> {
  const startedAt = new Date().toISOString();
  const startMs = systemClock.now();
  const jobs = Object.entries(builtinJobs).map(([name, { about, expects, needs }]) => ({
    name,
    about,
    expects,
    needs: needs?.() ?? {},
  }));
  if (!values.json) {
    await stdout.write(`${jobsText(jobs, stdout.style)}\nNext: tandem run @primes --limit 3\n`);
    return 0;
  }
  const { readMachine } = await import("../../bench/machine.ts"); // node:os takes 5 ms
  const head = { tool, command: "jobs", startedAt, machine: readMachine(), options: values, seed: null };
  await stdout.writeExact(jsonDocument({ ...head, elapsedMs: systemClock.now() - startMs }, { jobs }));
  return 0;
}
