import type { Ends } from "./interval.ts";

/** What a number counts. */
export type Unit = "ms" | "bytes" | "ratio" | "count";

/** A measured number. */
export interface Quantity {
  readonly value: number;
  readonly unit: Unit;
  /** Its 95 % interval, in the same unit; null if there is none. */
  readonly interval: Ends | null;
  /** Of how many, if it counts some of them (34 of 40); null otherwise. */
  readonly of: number | null;
}
