import { builtinJobs } from "../../../lib/jobs/builtin.ts";
import type { CompareResult } from "../../../lib/model/comparison.ts";

/** One comparison of a job, or why there is none. */
export interface Trial {
  readonly job: string;
  readonly found: CompareResult | Error;
}

const verdicts = ["unclear", "faster", "slower", "same"] as const;

/** A comparison in one line, as it ends. */
export function trialLine({ job, found }: Trial): string {
  if (found instanceof Error) return `@${job}: failed: ${found.message}`;
  const { advice, control, modes, rounds, itemCount } = found;
  const words = modes.slice(1).map(({ mode, ratio, verdict }) => `${mode} ${ratio.toFixed(2)} ${verdict}`).join(", ");
  const interval = control.interval?.map((end) => end.toFixed(3)).join("…") ?? "none";
  const given = `${advice.mode ?? "no advice"} (expected ${builtinJobs[job].expects})`;
  return `@${job}: ${given}; ${words}; control ${interval}; ${itemCount} items, ${rounds} rounds`;
}

/** For each job how often the advice was the expected mode, which others came, and why there was none. */
export function adviceTable(trials: readonly Trial[]): string[] {
  const rows = [...Map.groupBy(trials, ({ job }) => job)].map(([job, own]) => {
    const { expects } = builtinJobs[job];
    const advice = own.map(({ found }) => found instanceof Error ? `failed: ${found.message}` : wordsOf(found));
    const others = count(advice.filter((words) => words !== expects));
    return [`@${job}`, expects, `${advice.filter((words) => words === expects).length}/${own.length}`, others];
  });
  return table([["JOB", "EXPECTED", "GIVEN", "ELSE"], ...rows]);
}

function wordsOf({ advice }: CompareResult): string {
  return advice.mode ?? `none: ${advice.reason.kind}`;
}

/** How often serial seemed to differ from itself. */
export function controlLine(trials: readonly Trial[]): string {
  const controls = trials.flatMap(({ found }) => found instanceof Error ? [] : [found.control]);
  const known = controls.flatMap(({ interval }) => interval ?? []).length / 2;
  const hits = controls.filter(({ interval }) => interval !== null && (interval[0] > 1 || interval[1] < 1)).length;
  const failed = controls.filter((control) => control.failed).length;
  const share = known === 0 ? "" : ` (${(100 * hits / known).toFixed(1)} %)`;
  return `A/A controls whose interval excludes 1.00: ${hits} of ${known}${share}; controls failed: ${failed}`;
}

/** What was said of modes with several threads while a core was taken: only "unclear" is right. */
export function busyTable(trials: readonly Trial[]): string[] {
  const rows = [...Map.groupBy(trials, ({ job }) => job)].map(([job, own]) => {
    const found = own.flatMap(({ found }) => found instanceof Error ? [] : found.modes);
    const threaded = found.filter(({ threads }) => threads > 1);
    const counts = verdicts.map((word) => `${threaded.filter(({ verdict }) => verdict === word).length}`);
    return [`@${job}`, ...counts, `${threaded.length}`];
  });
  return table([["JOB", ...verdicts.map((word) => word.toUpperCase()), "OF"], ...rows]);
}

function count(words: readonly string[]): string {
  return [...Map.groupBy(words, (word) => word)].map(([word, same]) => `${same.length} ${word}`).join("; ");
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column])).join("  ").trimEnd());
}
