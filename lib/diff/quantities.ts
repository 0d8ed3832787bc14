import type { JudgedClaim } from "../model/claim.ts";
import type { ComparedMode, Contention, Control } from "../model/comparison.ts";
import type { DiffMeasure } from "../model/diff.ts";
import type { Document } from "../model/document.ts";
import { cellName } from "../model/grid.ts";
import { countedRuns } from "../model/metrics.ts";
import type { Doubt } from "../model/reason.ts";
import type { ScaleKind, ScaleRung } from "../model/scale.ts";
import { median } from "../stats/quantiles.ts";

/** The commands whose documents can be compared. */
export type Diffed = "claims" | "compare" | "scale";

/** A number of a document that can be compared with that of another one. */
export interface Quantity {
  readonly name: string;
  readonly measure: DiffMeasure;
  /** Whether less of it is an improvement. */
  readonly better: "smaller" | "bigger";
  /** The number itself; null where there is none. */
  readonly value: number | null;
  /** What was read: of each counted run, or at each place that a ladder has. All are above 0. */
  readonly samples: ReadonlyMap<number, number>;
  /** Samples of the two documents belong together by their place: those of a ladder. */
  readonly paired: boolean;
  /** Why it cannot be trusted. */
  readonly doubt: Doubt | null;
  /** A claim's verdict. */
  readonly verdict?: JudgedClaim["verdict"];
}

/** What a document has to compare, in its order. */
export function quantitiesOf(document: Document<"claims"> | Document<"compare"> | Document<"scale">): Quantity[] {
  switch (document.command) {
    case "compare":
      return compareQuantities(document);
    case "claims":
      return document.result.claims.map(claimQuantity);
    case "scale":
      return scaleQuantities(document.result.rungs);
    default:
      return document satisfies never;
  }
}

function compareQuantities({ result, machine }: Document<"compare">): Quantity[] {
  const { modes, grid, control, contention, itemCount, passes } = result;
  const cellQuantity = (name: string, cell: ComparedMode): Quantity => {
    const samples = new Map(countedRuns(cell).map(({ round, elapsedMs }) => [round, elapsedMs / (itemCount * passes)]));
    const doubt = doubtOf({ control, contention, cores: machine.cores });
    const value = samples.size === 0 ? null : median([...samples.values()]);
    return { name, measure: "time", better: "smaller", value, samples, paired: false, doubt };
  };
  return [
    ...modes.map((cell) => cellQuantity(cell.mode, cell)),
    ...(grid?.cells ?? []).map((cell) => cellQuantity(cellName(cell), cell)),
  ];
}

/** What else was seen while the cells were measured. */
interface Conditions {
  readonly control: Control;
  readonly contention: Contention;
  readonly cores: number;
}

/**
 * Load that only one of the documents had is not cancelled by rounds, as it is between the modes of one. So a busy machine is a
 * doubt about all modes, those with one thread too.
 */
function doubtOf({ control, contention, cores }: Conditions): Doubt | null {
  if (control.failed) return { kind: "control-failed" };
  if (!contention.contended) return null;
  return { kind: "contended", rounds: contention.rounds, foreignCores: contention.foreignCores ?? 0, cores };
}

/** The effect of a claim, with the ratios of its rounds where it has kept them. */
function claimQuantity({ id, verdict, effect, evidence }: JudgedClaim): Quantity {
  const { ratios, tasksMs, threadsMs } = evidence?.samples ?? {};
  const pairs = tasksMs !== undefined && tasksMs.length === threadsMs?.length
    ? tasksMs.map((ms, i) => oriented(threadsMs[i] / ms, effect))
    : [];
  const values = effect === null ? [] : ratios ?? pairs;
  const samples = new Map(values.map((value, i) => [i, value]));
  const shared = { name: id, measure: "effect", better: "bigger", samples, paired: false, doubt: null } as const;
  return { ...shared, value: effect, verdict };
}

/** A ratio the way round that the effect has it: on the same side of 1. */
function oriented(ratio: number, effect: number | null): number {
  return effect !== null && (ratio > 1) !== (effect > 1) ? 1 / ratio : ratio;
}

function scaleQuantities(rungs: readonly ScaleRung[]): Quantity[] {
  const kinds = [...new Set(rungs.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => [
    ladderQuantity(kind, "memory", rungs, ({ eachBytes }) => eachBytes),
    ladderQuantity(kind, "start", rungs, ({ startMs, reached }) => startMs === null ? null : startMs / reached),
  ]);
}

/** What one takes, at each rung that was reached. Its number is that of the highest one. */
function ladderQuantity(
  kind: ScaleKind,
  measure: "memory" | "start",
  rungs: readonly ScaleRung[],
  of: (rung: ScaleRung) => number | null,
): Quantity {
  const samples = new Map<number, number>();
  for (const rung of rungs) {
    const value = rung.kind === kind && rung.stoppedBy === null ? of(rung) : null;
    if (value !== null && value > 0) samples.set(rung.alive, value);
  }
  const value = [...samples.values()].at(-1) ?? null;
  return { name: kind, measure, better: "smaller", value, samples, paired: true, doubt: null };
}
