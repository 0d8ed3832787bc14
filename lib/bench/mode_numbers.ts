import type { ModeRun } from "../model/mode_run.ts";
import { median, quantileOfSorted } from "../stats/quantiles.ts";
import type { JobRun } from "./mode_rounds.ts";

/** Summarizes the runs of one cell, without comparing them with other cells. */
export function numbersOf(runs: readonly JobRun[]) {
  const counted = runs.filter(({ round }) => round > 0);
  const itemMs = pooled(counted.map((run) => run.itemMs));
  const lagMs = pooled(counted.map((run) => run.lagMs));
  return {
    itemsPerSecond: perSecond(counted),
    p50Ms: quantileOfSorted(itemMs, 0.5),
    p99Ms: quantileOfSorted(itemMs, 0.99),
    lagP50Ms: orNull(quantileOfSorted(lagMs, 0.5)),
    lagP99Ms: orNull(quantileOfSorted(lagMs, 0.99)),
    rssBytes: orNull(median(counted.map(({ rssBytes }) => rssBytes))),
    samples: runs.toSorted((a, b) => a.round - b.round).map(sampleOf),
  };
}

/** Items per second in the median run. */
export function perSecond(runs: readonly JobRun[]): number {
  return 1000 / median(runs.map(({ elapsedMs, items }) => elapsedMs / items));
}

function sampleOf({ round, elapsedMs, startMs, load, slotCpuMs, rssBytes, heapBytes, itemMs, lagMs }: JobRun): ModeRun {
  return {
    round,
    elapsedMs,
    startMs,
    cpuMs: load.ownMs,
    mainCpuMs: load.mainMs ?? null,
    slotCpuMs: slotCpuMs.length === 0 ? null : slotCpuMs,
    rssBytes,
    heapBytes: heapBytes ?? null,
    p99Ms: orNull(quantileOfSorted(itemMs, 0.99)),
    lagP99Ms: orNull(quantileOfSorted(lagMs, 0.99)),
    voluntarySwitches: load.voluntarySwitches ?? null,
    involuntarySwitches: load.involuntarySwitches ?? null,
  };
}

/** Pools the numbers of all runs. Each run has the same number of them, so all runs weigh the same. */
function pooled(lists: readonly Float64Array[]): Float64Array {
  return Float64Array.from(lists.flatMap((list) => [...list])).sort();
}

function orNull(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
