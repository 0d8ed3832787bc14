import type { OwnCost } from "../model/comparison.ts";
import type { Cell } from "../model/grid.ts";

/** What an item is like, and the two cells to compare. */
export interface BreakEvenInput {
  /** How long it waits and leaves its thread to other items, in milliseconds; the same however long it computes. */
  readonly waitingMs: number;
  /** How long it holds its thread without computing, in milliseconds. */
  readonly blockingMs: number;
  readonly tasks: Pick<Cell, "threads" | "tasks">;
  readonly threads: Pick<Cell, "threads" | "tasks">;
  readonly usableCores: number;
  readonly ownCost: Pick<OwnCost, "overheadUs" | "threadsOverheadUs">;
}

/** The search ends here: threads that do not win with this much computing never win. */
const maxComputingMs = 1e7;

/**
 * How long an item must compute, in milliseconds, before several threads take less time than tasks in one thread. Below
 * that, tasks overlap all of the waiting and threads only part of it. Above, threads share the computing.
 *
 * The time of an item is limited by a busy core, by a held thread or by the number of items at once. So it is the maximum of
 * computing / (threads that have a core), (computing + blocking) / threads and (computing + blocking + waiting) / (items at
 * once), plus our own cost as measured with items that do nothing.
 *
 * Null if threads never win, because there is one core or one thread.
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
