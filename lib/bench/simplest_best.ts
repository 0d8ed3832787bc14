import type { Comparison, Summary } from "../model/claim.ts";
import { margin } from "../stats/verdict.ts";

/**
 * The mode to use for each kind of work: the first one that the mode with the best median is not shown to beat by more than
 * the margin. The list begins with the fewest threads and tasks.
 */
export function simplestBest(
  summaries: readonly Summary[],
  compared: (baseline: Summary, mode: Summary) => Comparison,
): Summary[] {
  const kinds = [...new Set(summaries.map(({ experiment }) => experiment))];
  return kinds.map((kind) => {
    const own = summaries.filter(({ experiment }) => experiment === kind);
    const fastest = own.reduce((a, b) => b.medianMs < a.medianMs ? b : a);
    const beaten = (one: Summary) => (compared(one, fastest).interval?.[0] ?? 0) > margin;
    return own.find((one) => one === fastest || !beaten(one)) ?? fastest;
  });
}
