import { diffDocuments } from "../../../lib/diff/diff_documents.ts";
import type { AnyDocument, Document } from "../../../lib/model/document.ts";
import { attemptEnds, maxAttempts, type RunTimeline, type TimelineAttempt } from "../../../lib/model/timeline.ts";
import { documentOf } from "../document_of.ts";

const folder = new URL("../../golden/", import.meta.url);

/** A document that a command printed with `--json`. */
export function saved(name: string): AnyDocument {
  return JSON.parse(Deno.readTextFileSync(new URL(`${name}.json`, folder)));
}

/** The names of all of them. */
export const savedNames: readonly string[] = [...Deno.readDirSync(folder)].map(({ name }) => name)
  .filter((name) => name.endsWith(".json")).map((name) => name.replace(/\.json$/, "")).toSorted();

/** A text that would be markup where it is not escaped, and end what it stands in. */
export const hostile = "</script></title>\"'><img src=x onerror=alert(1)><!--";

/** A saved comparison of a job with that name. */
export function comparisonOf(job: string): Document<"compare"> {
  const document = saved("compare");
  if (document.command !== "compare") throw new Error("not a comparison");
  return { ...document, options: { job }, result: { ...document.result, job, next: `tandem run ${job}` } };
}

/** The saved run with a timeline, in which this is different. */
export function runOf(
  timeline: Partial<RunTimeline>,
): Document<"run"> & { readonly result: { timeline: RunTimeline } } {
  const document = saved("run_timeline");
  if (document.command !== "run" || document.result.timeline === undefined) throw new Error("no run with a timeline");
  return { ...document, result: { ...document.result, timeline: { ...document.result.timeline, ...timeline } } };
}

/** As many attempts as a document can have, by turns in so many threads and tasks: of ten, one ends otherwise than well. */
export function manyAttempts(threads: number, tasks: number): TimelineAttempt[] {
  return Array.from({ length: maxAttempts }, (_, i) => {
    const [thread, task] = [i % threads, Math.floor(i / threads) % tasks];
    const startMs = Math.floor(i / threads / tasks) * 12.345 + 1_000;
    const outcome = i % 10 === 3 ? attemptEnds[1 + i % 3] : "ok";
    return { thread, task, startMs, endMs: startMs + 11.234, line: 100_000 + i, attempt: 1, outcome };
  });
}

/** What has changed from the saved comparison to one in which each run of threads took so many times as long. */
export function diffOf(factor: number): Document<"diff"> {
  const before = comparisonOf("job.js");
  const { result } = before;
  const modes = result.modes.map((mode) => {
    if (mode.mode !== "threads") return mode;
    const samples = mode.samples.map((run) => ({ ...run, elapsedMs: run.elapsedMs * factor }));
    return { ...mode, samples, elapsedMs: mode.elapsedMs * factor, itemsPerSecond: mode.itemsPerSecond / factor };
  });
  const after = { ...before, startedAt: "2026-11-27T10:00:00.000Z", result: { ...result, modes } };
  return documentOf("diff", diffDocuments({ before, after }, 0.02));
}
