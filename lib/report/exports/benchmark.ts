import type { AnyDocument } from "../../model/document.ts";
import { type Measure, type MeasureName, measuresOf } from "./measures.ts";

/** What a measure is called behind what it is of. */
const titles: Readonly<Record<MeasureName, string>> = {
  time: "time of an item",
  p99: "p99 of an item",
  throughput: "throughput",
  memory: "memory",
  effect: "effect",
  start: "start",
  limit: "forecast",
};

/**
 * What github-action-benchmark reads as `tool: customSmallerIsBetter`: times and memory. Its README, "Examples", says what an entry
 * has: name, unit, value, and optionally range and extra.
 */
export function smallerIsBetter(documents: readonly AnyDocument[]): string {
  return entriesOf(documents, "smaller");
}

/** The same as `tool: customBiggerIsBetter`: throughput, effects, and how many there can be. One file has one direction. */
export function biggerIsBetter(documents: readonly AnyDocument[]): string {
  return entriesOf(documents, "bigger");
}

function entriesOf(documents: readonly AnyDocument[], better: Measure["better"]): string {
  const entries = documents.flatMap(measuresOf).filter((measure) => measure.better === better).map(entryOf);
  return `${JSON.stringify(entries, undefined, 2)}\n`;
}

function entryOf({ of, name, unit, value, interval, extra }: Measure) {
  const range = interval === null ? {} : { range: `± ${digits((interval[1] - interval[0]) / 2)}` };
  return { name: `${of} - ${titles[name]}`, unit: unit || "count", value, ...range, extra };
}

function digits(value: number): string {
  return String(Number(value.toPrecision(3)));
}
