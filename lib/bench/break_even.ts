import type { OwnCost } from "../model/comparison.ts";
import type { Cell } from "../model/grid.ts";

/** What an item is like, and what it could run in. */
export interface BreakEvenInput {
  /** It waits so long, whatever it computes, and leaves its thread to others; in milliseconds. */
  readonly waitingMs: number;
  /** It holds its thread for so long besides computing. */
  readonly blockingMs: number;
  readonly tasks: Pick<Cell, "threads" | "tasks">;
  readonly threads: Pick<Cell, "threads" | "tasks">;
  readonly usableCores: number;
  readonly ownCost: Pick<OwnCost, "overheadUs" | "threadsOverheadUs">;
}

/** An item that computes longer than this is not asked about. */
const maxComputingMs = 1e7;

/**
 * How long an item must compute for several threads to take less time than tasks in one. Below, tasks overlap the waiting
 * and threads only a part of it; above, threads share the computing. A busy core, a held thread or the number of items at
 * once bounds either: an item takes the most of computing / (threads that have a core), (computing + blocking) / threads
 * and (computing + blocking + waiting) / (items at once), and our own cost as measured with items that do nothing. Null if threads never win: there is one core, or one thread.
 */
export function breakEven(input: BreakEvenInput): number | null {
  const { waitingMs, blockingMs, tasks, threads, usableCores, ownCost } = input;
  const timeIn = (cell: Pick<Cell, "threads" | "tasks">, computingMs: number) =>
    Math.max(
      computingMs / Math.min(cell.threads, usableCores),
      (computingMs + blockingMs) / cell.threads,
      (computingMs + blockingMs + waitingMs) / (cell.threads * cell.tasks),
    ) + (cell.threads > 1 ? ownCost.threadsOverheadUs : ownCost.overheadUs) / 1000;
  const threadsWin = (computingMs: number) => timeIn(threads, computingMs) < timeIn(tasks, computingMs);
  if (!threadsWin(maxComputingMs)) return null;
  if (threadsWin(0)) return 0;
  let [low, high] = [0, maxComputingMs];
  while (high - low > 1e-6 + 1e-6 * high) {
    const middle = (low + high) / 2;
    if (threadsWin(middle)) high = middle;
    else low = middle;
  }
  return high;
}
