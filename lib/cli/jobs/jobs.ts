import { builtinJobs } from "../../jobs/builtin.ts";
import { jobsText } from "../../report/jobs_text.ts";
import type { Session } from "../terminal/session.ts";

/** `tandem jobs`: what is built in, and which mode should suit it. */
export async function run(
  values: { readonly json: boolean },
  _operands: readonly string[],
  session: Session,
): Promise<number> {
  const { stdout } = session;
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
  const head = await (await import("../terminal/document_head.ts")).documentHead(
    { command: "jobs", options: values },
    session,
  );
  const { documentJson } = await import("../../report/document.ts");
  await stdout.writeExact(documentJson({ ...head, result: { jobs } }));
  return 0;
}
