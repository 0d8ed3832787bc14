import type { AnyDocument } from "../../model/document.ts";
import { countedRuns } from "../../model/metrics.ts";
import { summaryOf } from "../../model/sample_summary.ts";
import { cellsOf, type MeasuredCell, runtimeName } from "./documents.ts";

/**
 * What `hyperfine --export-json` writes, of the runs of all cells: its scripts for plots and statistics read it. Times are in
 * seconds, of a run over all items. Fields: `BenchmarkResult` of hyperfine 1.20 (its src/benchmark/benchmark_result.rs). `user` is
 * all CPU time, as that of the kernel is not measured apart; `system` is 0.
 */
export function hyperfine(documents: readonly AnyDocument[]): string {
  const results = documents.flatMap(cellsOf).filter(({ cell }) => countedRuns(cell).length > 0).map(resultOf);
  return `${JSON.stringify({ results }, undefined, 2)}\n`;
}

function resultOf({ work, name, cell, runtime }: MeasuredCell) {
  const { mode, threads, tasks } = cell;
  const runs = countedRuns(cell);
  const times = runs.map(({ elapsedMs }) => elapsedMs / 1000);
  const { mean, stddev, median, min, max } = summaryOf(times);
  return {
    command: `${work} ${name}`, // the same from run to run, as scripts that compare files want it
    mean,
    stddev,
    median,
    user: summaryOf(runs.map(({ cpuMs }) => cpuMs / 1000)).mean,
    system: 0,
    min,
    max,
    times,
    memory_usage_byte: runs.map(({ rssBytes }) => Math.round(rssBytes)),
    exit_codes: runs.map(() => 0),
    parameters: {
      mode,
      threads: String(threads),
      tasks: String(tasks),
      ...runtime === undefined ? {} : { runtime: runtimeName(runtime), runtimeVersion: runtime.version },
    },
  };
}
