import { max, min } from "../../natives.ts";

/** The grace is a quarter of the limit, within these bounds, in milliseconds. */
const [minGraceMs, maxGraceMs] = [20, 1_000];

/** How long an item may take to end once its signal has aborted because of its time limit, in milliseconds. */
export function graceOf(limitMs: number): number {
  return min(maxGraceMs, max(minGraceMs, limitMs / 4));
}
