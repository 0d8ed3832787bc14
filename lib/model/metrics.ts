import { median, quantileOfSorted } from "../stats/quantiles.ts";
import type { RunReading } from "./run_reading.ts";

/** What a metric's number counts; it decides how a table shows it. */
export type Unit = "ms" | "bytes" | "items/s" | "switches";

/** One metric: how it is read, merged, described and shown. A metric with `unknown` may be null; the text says when. */
export type Metric =
  & {
    readonly unit: Unit;
    /** What it is, for the schema of the documents; without unit and stop. */
    readonly about: string;
    /** The title of its column in the table of modes; it has none without one. */
    readonly title?: string;
  }
  & ({
    readonly unknown?: undefined;
    /** Of one run. */
    readonly ofRun?: (run: RunReading) => number;
    /** Of all counted runs of a cell; there is at least one. */
    readonly ofCell?: (runs: readonly RunReading[]) => number;
  } | {
    readonly unknown: string;
    readonly ofRun?: (run: RunReading) => number | null;
    readonly ofCell?: (runs: readonly RunReading[]) => number | null;
  } | {
    readonly unknown: string;
    /** It has a number for each slot. */
    readonly perSlot: true;
    readonly ofRun: (run: RunReading) => readonly number[] | null;
    readonly ofCell?: undefined;
  });

/**
 * All metrics, the only place where each is declared: samples and modes of the documents, their schema, and the columns of
 * the table of modes follow from it.
 */
export const metrics = {
  elapsedMs: {
    unit: "ms",
    about: "from the first item to the last outcome",
    ofRun: (run: RunReading): number => run.elapsedMs,
    ofCell: (runs: readonly RunReading[]): number => medianOf(runs, (run) => run.elapsedMs),
  },
  startMs: {
    unit: "ms",
    about: "until all slots had loaded the job",
    ofRun: (run: RunReading): number => run.startMs,
    ofCell: (runs: readonly RunReading[]): number => medianOf(runs, (run) => run.startMs),
  },
  itemsPerSecond: {
    unit: "items/s",
    about: "items per second",
    title: "ITEMS/S",
    ofCell: (runs: readonly RunReading[]): number =>
      1000 / median(runs.map(({ elapsedMs, items }) => elapsedMs / items)),
  },
  cpuMs: {
    unit: "ms",
    about: "CPU time of the program, including the processes of its slots",
    ofRun: (run: RunReading): number => run.load.ownMs,
  },
  mainCpuMs: {
    unit: "ms",
    about: "CPU time of the main thread, which reads, sends and takes outcomes",
    unknown: "Deno cannot tell",
    ofRun: (run: RunReading): number | null => run.load.mainMs,
  },
  slotCpuMs: {
    unit: "ms",
    about: "CPU time of each slot's thread while it had work",
    unknown: "Deno cannot tell",
    perSlot: true,
    ofRun: ({ slotCpuMs }: RunReading): readonly number[] | null => slotCpuMs.length === 0 ? null : slotCpuMs,
  },
  machineBusyMs: {
    unit: "ms",
    about: "how long the machine's cores were busy, for all programs together, in ticks of 10 ms",
    unknown: "the system does not tell",
    ofRun: (run: RunReading): number | null => run.load.busyMs,
  },
  p50Ms: {
    unit: "ms",
    about: "half of the items took no longer, from start to end",
    unknown: "not measured",
    ofCell: (runs: readonly RunReading[]): number | null => pooled(runs, "itemMs", 0.5),
  },
  p99Ms: {
    unit: "ms",
    about: "99 % of the items took no longer, from start to end",
    title: "P99",
    unknown: "not measured",
    ofRun: (run: RunReading): number | null => quantileOrNull(run.itemMs, 0.99),
    ofCell: (runs: readonly RunReading[]): number | null => pooled(runs, "itemMs", 0.99),
  },
  lagP50Ms: {
    unit: "ms",
    about: "half of the timers in the slots fired no later than this after their time",
    unknown: "not measured",
    ofCell: (runs: readonly RunReading[]): number | null => pooled(runs, "lagMs", 0.5),
  },
  lagP99Ms: {
    unit: "ms",
    about: "99 % of the timers in the slots fired no later than this after their time",
    title: "LAG",
    unknown: "not measured",
    ofRun: (run: RunReading): number | null => quantileOrNull(run.lagMs, 0.99),
    ofCell: (runs: readonly RunReading[]): number | null => pooled(runs, "lagMs", 0.99),
  },
  rssBytes: {
    unit: "bytes",
    about: "memory of the program at the end, including the processes of its slots",
    title: "RSS",
    ofRun: (run: RunReading): number => run.rssBytes,
    ofCell: (runs: readonly RunReading[]): number => medianOf(runs, (run) => run.rssBytes),
  },
  heapBytes: {
    unit: "bytes",
    about: "maximum heap memory in use in one slot's isolate",
    unknown: "not measured",
    ofRun: (run: RunReading): number | null => run.heapBytes,
  },
  voluntarySwitches: {
    unit: "switches",
    about: "context switches of threads that waited",
    unknown: "Deno cannot tell",
    ofRun: (run: RunReading): number | null => run.load.voluntarySwitches,
  },
  involuntarySwitches: {
    unit: "switches",
    about: "context switches that the kernel forced",
    unknown: "Deno cannot tell",
    ofRun: (run: RunReading): number | null => run.load.involuntarySwitches,
  },
} as const satisfies Readonly<Record<string, Metric>>;

/** The metrics of one run. */
export type RunMetrics = {
  readonly [
    Name in keyof typeof metrics as (typeof metrics)[Name] extends { readonly ofRun: unknown } ? Name : never
  ]: (typeof metrics)[Name] extends { readonly ofRun: (run: RunReading) => infer Value } ? Value : never;
};

/** The metrics of a cell, over its runs. */
export type CellMetrics = {
  readonly [
    Name in keyof typeof metrics as (typeof metrics)[Name] extends { readonly ofCell: unknown } ? Name : never
  ]: (typeof metrics)[Name] extends { readonly ofCell: (runs: readonly RunReading[]) => infer Value } ? Value : never;
};

/** The metrics of one run in one round. */
export interface ModeRun extends RunMetrics {
  /** The round, from 1; 0 and below are warm-up rounds, which do not count. */
  readonly round: number;
}

/** The runs of a cell that count. */
export function countedRuns({ samples }: { readonly samples: readonly ModeRun[] }): ModeRun[] {
  return samples.filter(({ round }) => round > 0);
}

/** All metrics of a run. */
export function metricsOfRun(run: RunReading): RunMetrics {
  return valuesOf(({ ofRun }) => ofRun?.(run)) as RunMetrics;
}

/** All metrics of a cell, over its counted runs: at least one. */
export function metricsOfCell(runs: readonly RunReading[]): CellMetrics {
  return valuesOf(({ ofCell }) => ofCell?.(runs)) as CellMetrics;
}

function valuesOf(read: (metric: Metric) => unknown) {
  const rows = Object.entries<Metric>(metrics).map(([name, metric]) => [name, read(metric)] as const);
  return Object.fromEntries(rows.filter(([, value]) => value !== undefined)) as unknown;
}

function medianOf(runs: readonly RunReading[], read: (run: RunReading) => number): number {
  return median(runs.map(read));
}

/** Each run has the same number of values, so all runs weigh the same. */
function pooled(runs: readonly RunReading[], list: "itemMs" | "lagMs", q: number): number | null {
  return quantileOrNull(Float64Array.from(runs.flatMap((run) => [...run[list]])).sort(), q);
}

function quantileOrNull(sorted: Float64Array, q: number): number | null {
  return sorted.length === 0 ? null : quantileOfSorted(sorted, q);
}
