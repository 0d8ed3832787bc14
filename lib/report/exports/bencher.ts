import type { AnyDocument } from "../../model/document.ts";
import { type Measure, type MeasureName, measuresOf } from "./measures.ts";

/**
 * The slugs of measures, and how many of their units one of ours is. Bencher has `latency` in nanoseconds and `throughput` in
 * operations per second by itself; it makes the others when it first sees them.
 */
const slugs: Readonly<Record<MeasureName, { readonly slug: string; readonly factor: number }>> = {
  time: { slug: "latency", factor: 1e6 },
  p99: { slug: "latency-p99", factor: 1e6 },
  throughput: { slug: "throughput", factor: 1 },
  memory: { slug: "memory", factor: 1 },
  effect: { slug: "effect", factor: 1 },
  start: { slug: "start-latency", factor: 1e6 },
  limit: { slug: "limit", factor: 1 },
};

/** A metric of Bencher. */
interface Metric {
  readonly value: number;
  readonly lower_value?: number;
  readonly upper_value?: number;
}

/** Names of benchmarks may have that many characters. */
const maxName = 1024;

/**
 * Bencher Metric Format (bencher.dev/docs/reference/bencher-metric-format): benchmark, measure, value and its bounds. A benchmark
 * that several documents have is numbered from the second on.
 */
export function bencher(documents: readonly AnyDocument[]): string {
  const benchmarks = new Map<string, Record<string, Metric>>();
  for (const document of documents) {
    for (const [of, measures] of Map.groupBy(measuresOf(document), (measure) => measure.of)) {
      benchmarks.set(freeName(of.slice(0, maxName), benchmarks), metricsOf(measures));
    }
  }
  return `${JSON.stringify(Object.fromEntries(benchmarks), undefined, 2)}\n`;
}

function freeName(name: string, taken: ReadonlyMap<string, unknown>): string {
  if (!taken.has(name)) return name;
  for (let number = 2;; number++) {
    const numbered = `${name} (${number})`;
    if (!taken.has(numbered)) return numbered;
  }
}

function metricsOf(measures: readonly Measure[]): Record<string, Metric> {
  return Object.fromEntries(measures.map(({ name, value, interval }) => {
    const { slug, factor } = slugs[name];
    const bounds = interval === null ? {} : { lower_value: interval[0] * factor, upper_value: interval[1] * factor };
    return [slug, { value: value * factor, ...bounds }];
  }));
}
