import type { Clock } from "../clock.ts";
import type { Cell } from "../model/grid.ts";
import type { OwnCost } from "../model/comparison.ts";
import { median } from "../stats/quantiles.ts";
import { type JobWork, openCell, runItems, serialCell } from "./job_work.ts";

/** The job that does nothing, and its items. */
const noopWork = { job: { kind: "builtin", name: "noop" }, name: "@noop", input: "json" } as const;

/** Runs of a pool. The first one does not count, because its code is still being compiled. */
const runs = 6;

/**
 * Measures what items that do nothing cost, in one thread and in several, with the same probes and the same kind of slots as
 * a comparison.
 *
 * @param items Items of a run: 20,000 are enough to resolve 0.1 us.
 */
export async function measureOwnCost(work: JobWork, threads: number, items: number): Promise<OwnCost> {
  const idle = { ...work, ...noopWork };
  return {
    timerResolutionUs: 1000 * timerResolution(work.clock),
    overheadUs: await costOfNoop(idle, serialCell, items),
    threadsOverheadUs: await costOfNoop(idle, { mode: "threads", threads, tasks: 1 }, items),
  };
}

/** The median time of an item, in microseconds. */
async function costOfNoop(work: JobWork, cell: Cell, count: number): Promise<number> {
  const item = new TextEncoder().encode("1");
  const items = Array.from({ length: count }, () => item);
  const pool = await openCell(work, cell);
  const times: number[] = [];
  try {
    for (let run = 0; run < runs && !work.signal.aborted; run++) {
      const start = work.clock.now();
      await runItems(pool, work, items, { indexOf: (place) => place, cell });
      if (run > 0) times.push(work.clock.now() - start);
    }
  } finally {
    await pool.close();
  }
  return 1000 * median(times) / count;
}

/** The smallest step of a clock seen in 20,000 readings, in milliseconds; 0 if it stood still. */
export function timerResolution(clock: Pick<Clock, "now">): number {
  let smallest = Infinity;
  let last = clock.now();
  for (let i = 0; i < 20_000; i++) {
    const now = clock.now();
    if (now > last) smallest = Math.min(smallest, now - last);
    last = now;
  }
  return smallest === Infinity ? 0 : smallest;
}
