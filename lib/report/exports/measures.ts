import type { AnyDocument } from "../../model/document.ts";
import { cellName } from "../../model/grid.ts";
import type { Ends } from "../../model/interval.ts";
import { countedRuns } from "../../model/metrics.ts";
import { centreOf } from "../../model/sample_summary.ts";
import { cellsOf, type MeasuredCell } from "./documents.ts";

/** What a number says: time of an item, its p99, items per second, memory, how many times better, or how many there can be. */
export type MeasureName = "time" | "p99" | "throughput" | "memory" | "effect" | "start" | "limit";

/** A number to follow from run to run. */
export interface Measure {
  /** What was measured: the same in each run. */
  readonly of: string;
  readonly name: MeasureName;
  readonly unit: "ms" | "bytes" | "items/s" | "×" | "";
  readonly value: number;
  /** Its 95 % interval, if there is one. */
  readonly interval: Ends | null;
  readonly better: "smaller" | "bigger";
  /** What else there is to know. */
  readonly extra: string;
}

/** The numbers of a document that are worth following. */
export function measuresOf(document: AnyDocument): readonly Measure[] {
  return [...cellsOf(document).flatMap(ofCell), ...claimMeasures(document), ...scaleMeasures(document)];
}

function ofCell({ work, name, cell, items, part }: MeasuredCell): readonly Measure[] {
  const runs = countedRuns(cell);
  if (runs.length === 0) return [];
  const itemMs = centreOf(runs.map(({ elapsedMs }) => elapsedMs / items));
  const memory = centreOf(runs.map(({ rssBytes }) => rssBytes));
  const of = `${work} ${part === "grid" ? "grid " : ""}${name}`;
  const shared = { of, extra: `${cellName(cell)}, ${runs.length} rounds, ${items} items a run` };
  const perSecond = (ms: number) => 1000 / ms;
  const throughput = itemMs.interval?.toReversed().map(perSecond) as Ends | undefined; // the longest time has the fewest
  return [
    { ...shared, name: "time", unit: "ms", ...itemMs, better: "smaller" },
    {
      ...shared,
      name: "throughput",
      unit: "items/s",
      value: perSecond(itemMs.value),
      interval: throughput ?? null,
      better: "bigger",
    },
    ...cell.p99Ms === null
      ? []
      : [{ ...shared, name: "p99", unit: "ms", value: cell.p99Ms, interval: null, better: "smaller" } as const],
    { ...shared, name: "memory", unit: "bytes", ...memory, better: "smaller" },
    ...cell.verdict === "baseline" ? [] : [
      { ...shared, name: "effect", unit: "×", value: cell.ratio, interval: cell.interval, better: "bigger" } as const,
    ],
  ];
}

function claimMeasures(document: AnyDocument): readonly Measure[] {
  if (document.command !== "claims") return [];
  return document.result.claims.flatMap(({ id, effect, interval, verdict }) =>
    effect === null || verdict === "skipped"
      ? []
      : [{ of: id, name: "effect", unit: "×", value: effect, interval, better: "bigger", extra: verdict } as const]
  );
}

function scaleMeasures(document: AnyDocument): readonly Measure[] {
  if (document.command !== "scale") return [];
  const { fits, rungs, forecast } = document.result;
  const nearest = fits.flatMap(({ kind }) => forecast.find((one) => one.kind === kind) ?? []);
  return [
    ...fits.map(({ kind, bytesEach, r2 }) =>
      ({
        of: kind,
        name: "memory",
        unit: "bytes",
        value: bytesEach,
        interval: null,
        better: "smaller",
        extra: `R² ${r2.toFixed(3)}`,
      }) as const
    ),
    ...rungs.flatMap(({ kind, alive, startMs }) =>
      startMs === null ? [] : [
        {
          of: `${alive} ${kind}`,
          name: "start",
          unit: "ms",
          value: startMs,
          interval: null,
          better: "smaller",
          extra: "to start them all",
        } as const,
      ]
    ),
    ...nearest.map(({ kind, alive, limit }) =>
      ({ of: kind, name: "limit", unit: "", value: alive, interval: null, better: "bigger", extra: limit }) as const
    ),
  ];
}
