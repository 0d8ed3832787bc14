import type { Ends } from "./interval.ts";
import type { Doubt } from "./reason.ts";

/** What a difference between two documents shows. */
export const diffAnswers = ["regressed", "improved", "within-noise", "unclear", "new", "gone"] as const;

/** One of these. */
export type DiffAnswer = (typeof diffAnswers)[number];

/** Parts in which two documents differ, by their hashes. */
export const comparedParts = ["job", "items", "options", "machine", "versions"] as const;

/** One of these. */
export type ComparedPart = (typeof comparedParts)[number];

/** What is compared: time of an item, memory of one, time to start, or how many times better one side is. */
export const diffMeasures = ["time", "memory", "start", "effect"] as const;

/** One of these. */
export type DiffMeasure = (typeof diffMeasures)[number];

/** Why a row has its answer. */
export type DiffReason =
  | Doubt
  /** The interval crosses an edge of the margin. */
  | { readonly kind: "crosses-margin" }
  /** A claim's verdict in each of the two. */
  | { readonly kind: "verdicts"; readonly before: string; readonly after: string }
  /** A claim is not about a number. */
  | { readonly kind: "no-number" };

/** One thing that both documents measured, or one of them. */
export interface DiffRow {
  /** A mode, a claim or a kind. */
  readonly name: string;
  readonly measure: DiffMeasure;
  /** The number in each: milliseconds, bytes, or a ratio; null where it has none. */
  readonly before: number | null;
  readonly after: number | null;
  /** After / before; null if one of them is missing. */
  readonly ratio: number | null;
  /** Its 95 % interval; null if there are too few runs. */
  readonly interval: Ends | null;
  readonly answer: DiffAnswer;
  /** Why it is unclear, or what decided without an interval; null otherwise. */
  readonly reason: DiffReason | null;
}

/** What a document says of itself, to tell two of them apart. */
export interface DiffSide {
  readonly startedAt: string;
  readonly version: string;
  readonly deno: string;
  readonly cpu: string;
  readonly usableCores: number;
}

/** The result of `diff`. */
export interface DiffResult {
  /** The command whose documents they are. */
  readonly of: "claims" | "compare" | "scale";
  /** The job; null if the command has none. */
  readonly job: string | null;
  readonly before: DiffSide;
  readonly after: DiffSide;
  /** The parts in which they differ. */
  readonly differs: readonly ComparedPart[];
  /** The smallest difference worth reporting, as a share: 0.02 is 2 %. */
  readonly margin: number;
  readonly rows: readonly DiffRow[];
  /** How many rows have each answer. */
  readonly counts: Readonly<Record<DiffAnswer, number>>;
}
