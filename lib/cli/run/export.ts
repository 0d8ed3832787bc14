import type { OutputError } from "../../errors.ts";
import { bothWatchers } from "../../exec/pool/both_watchers.ts";
import type { RunWatcher } from "../../exec/pool/run_watcher.ts";
import { TimelineWatcher } from "../../exec/pool/timeline_watcher.ts";
import type { JobReference } from "../../model/item.ts";
import type { RunResult } from "../../model/result.ts";
import { jobDigest } from "../job/plan_file.ts";
import { documentHead } from "../terminal/documents.ts";
import { type Asked, openExports } from "../terminal/exports.ts";
import type { UsedFile } from "../terminal/same_file.ts";
import type { Session } from "../terminal/session.ts";

/** What writes the summary of a run, as a document. */
export interface RunExport {
  readonly files: readonly UsedFile[];
  /** Keeps what the document shows of single attempts, if it shows any. */
  readonly timeline: TimelineWatcher | undefined;
  /** That, and another watcher, if there is one. */
  watcher(other: RunWatcher | undefined): RunWatcher | undefined;
  /** A failure is returned, so that the run can end as it would. */
  write(result: RunResult, options: object): Promise<OutputError | undefined>;
}

/**
 * Opens the exports of a run. Where they go is decided before the job can move the working folder, and what writes them is
 * loaded: at the end our files may be those of another version, or gone. `separator` ends the records of the run.
 */
export async function openExport(
  asked: readonly Asked[],
  reference: JobReference,
  separator: "\n" | "\0",
  session: Session,
): Promise<RunExport> {
  const exports = await openExports(["run"], asked, [], session);
  const machine = await session.machine();
  const jobSha256 = await jobDigest(reference); // before the job runs, as it may change its file
  const timeline = asked.some(({ format }) => format === "json" || format === "html")
    ? new TimelineWatcher(separator)
    : undefined;
  return {
    files: exports.files,
    timeline,
    watcher: (other) =>
      timeline === undefined || other === undefined ? timeline ?? other : bothWatchers(other, timeline),
    async write(result, options) {
      const head = await documentHead({ command: "run", options, machine, jobSha256 }, session);
      const shown = timeline === undefined ? result : { ...result, timeline: timeline.timeline };
      return await exports.write([{ ...head, result: shown }]);
    },
  };
}
