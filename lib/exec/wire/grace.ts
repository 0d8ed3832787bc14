/** The grace is a quarter of the limit, within these bounds, in milliseconds. */
const [leastGraceMs, mostGraceMs] = [20, 1_000];

/** How long an item may take to end that has been told that its time limit is over, in milliseconds. */
export function graceOf(limitMs: number): number {
  return Math.min(mostGraceMs, Math.max(leastGraceMs, limitMs / 4));
}
