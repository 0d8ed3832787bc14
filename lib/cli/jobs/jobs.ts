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
    await stdout.write(jobsText({ result: { jobs } }, stdout.style));
    return 0;
  }
  const [{ documentHead }, { renderingOf }] = await Promise.all([ // the machine's description takes 5 ms
    import("../terminal/documents.ts"),
    import("../../report/renderings.ts"),
  ]);
  const render = await renderingOf("jobs", "json");
  const document = { ...await documentHead({ command: "jobs", options: values }, session), result: { jobs } };
  await stdout.writeExact(render(document, stdout.style));
  return 0;
}
