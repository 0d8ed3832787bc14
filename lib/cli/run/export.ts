import type { JobReference } from "../../model/item.ts";
import type { RunResult } from "../../model/result.ts";
import { renderingOf } from "../../report/renderings.ts";
import { jobDigest } from "../job/plan_file.ts";
import { documentHead } from "../terminal/documents.ts";
import { exportPath, writeFileOrStdout } from "../terminal/export_file.ts";
import type { Session } from "../terminal/session.ts";

/**
 * What writes the summary of a run, as a document. Where it goes is decided before the job can move the working folder, and what
 * writes it is loaded: at the end our files may be those of another version, or gone.
 */
export async function openExport(
  path: string,
  reference: JobReference,
  session: Session,
): Promise<(result: RunResult, options: object) => Promise<void>> {
  const render = await renderingOf("run", "json");
  const machine = await session.machine();
  const jobSha256 = await jobDigest(reference); // before the job runs, as it may change its file
  const file = exportPath(path);
  return async (result, options) => {
    const document = { ...await documentHead({ command: "run", options, machine, jobSha256 }, session), result };
    await writeFileOrStdout(file, render(document, session.stdout.style), session.stdout);
  };
}
