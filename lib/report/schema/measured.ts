/** What claims and compare both measure. */
import * as v from "valibot";
import type { ComparedMode, Contention, Control, ModeChange } from "../../model/comparison.ts";
import { type CellMetrics, type Metric, metrics, type ModeRun, type RunMetrics } from "../../model/metrics.ts";
import { cellFields } from "./cells.ts";
import { boolean, count, interval, list, number, object, oneOf, orNull, schemaOf } from "./fields.ts";
import { reason } from "./reasons.ts";

const units = { ms: "in milliseconds", bytes: "in bytes", "items/s": "", switches: "" } as const;

/** The fields of all metrics that are read of a run, or of a cell: what each is, and when it is null. */
function metricFields<M>(read: "ofRun" | "ofCell") {
  const fields = Object.entries<Metric>(metrics).filter(([, metric]) => metric[read] !== undefined)
    .map(([name, metric]) => [name, fieldOf(metric, read)]);
  return Object.fromEntries(fields) as { readonly [Name in keyof M]: v.GenericSchema<M[Name]> };
}

function fieldOf(metric: Metric, read: "ofRun" | "ofCell"): v.GenericSchema {
  const { unit, about, unknown } = metric;
  const merged = read === "ofCell" && metric.ofRun !== undefined ? "over all runs" : "";
  const text = [about, units[unit], merged].filter((part) => part !== "").join(", ");
  if (unknown === undefined) return number(text);
  return orNull("perSlot" in metric ? v.array(v.number()) : v.number(), `${text}; null: ${unknown}`);
}

const sample = schemaOf<ModeRun>()(object({
  round: count("the round, from 1; 0 and less: a warm-up round, which counts for nothing", -99),
  ...metricFields<RunMetrics>("ofRun"),
}, "one run over all items"));

const samples = list(sample, "all runs, by round");

/** How one mode did. */
export const mode = schemaOf<ComparedMode>()(object({
  ...cellFields,
  ...metricFields<CellMetrics>("ofCell"),
  ratio: number("time of serial / time of this one, above 1 where this one is faster"),
  interval: interval("of ratio; null: too few rounds, or this is serial"),
  verdict: oneOf(["baseline", "faster", "slower", "same", "unclear"], "what the interval shows"),
  reason: orNull(reason, "why it is unclear; null: it is not"),
  samples,
}, "how one mode did"));

/** How a mode changed from an old job to a new one. */
export const change = schemaOf<ModeChange>()(object({
  ...cellFields,
  ratio: number("time of the old job / time of the new one, below 1 where the new one is slower"),
  interval: interval("of ratio; null: too few rounds"),
  verdict: oneOf(["faster", "slower", "same", "unclear"], "what the interval shows of the new job"),
  reason: orNull(reason, "why it is unclear; null: it is not"),
  old: mode,
}, "how a mode changed"));

/** The A/A control. */
export const control = schemaOf<Control>()(object({
  ratio: number("time of the first serial run / time of the second"),
  interval: interval("of ratio; null: too few rounds"),
  failed: boolean("true: it shows a difference where there is none, so the measurement cannot be trusted"),
  samples: list(sample, "the second serial runs, by round"),
}, "serial against serial, measured in the same rounds"));

/** What other programs took of the machine. */
export const contention = schemaOf<Contention>()(object({
  foreignCores: orNull(
    number("cores"),
    "cores that were busy with other programs, on average; null: the system does not tell",
  ),
  rounds: count("rounds in which fewer cores than the threads need were left"),
  contended: boolean("true: these are so many that nothing can be said of modes with several threads"),
}, "what other programs took of the machine meanwhile"));
