import type { Mode } from "../model/grid.ts";
import type { WorkId } from "./works.ts";

/** A statement from one of the two texts, and how it is tested. */
export interface Claim {
  readonly id: string;
  readonly sentence: string;
  /** Which text makes the statement. */
  readonly source: "article" | "book" | "article and book";
  /** What is measured and when the claim holds, for `tandem explain`. */
  readonly explanation: string;
  readonly work: WorkId;
  /** The mode that `mode` is compared with. The effect: how many times faster `mode` is than `baseline`. */
  readonly baseline: Mode;
  readonly mode: Mode;
  /** How many cores the claim needs to make sense. */
  readonly cores: number;
  /** How many cores its work keeps busy: they have to be free. */
  readonly busyCores: number;
  /** The claim holds if the effect lies on this side of `at`. */
  readonly holds: "above" | "below";
  readonly at: number;
}
