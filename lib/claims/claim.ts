import type { Mode } from "../model/grid.ts";

/** A statement of one of the two texts, and how it is put to the test. */
export interface Claim {
  readonly id: string;
  readonly sentence: string;
  /** Which text says so. */
  readonly source: "article" | "book" | "article and book";
  /** What is measured and when it holds, for `tandem explain`. */
  readonly explanation: string;
  readonly experiment: "cpu" | "waiting" | "mixed";
  /** How many times faster is `mode` than `baseline`? */
  readonly baseline: Mode;
  readonly mode: Mode;
  /** The claim needs this many cores to make sense. */
  readonly cores: number;
  /** Cores that its work keeps busy, and so must find free. */
  readonly busyCores: number;
  /** The claim holds where the effect lies on this side of `at`. */
  readonly holds: "above" | "below";
  readonly at: number;
}
