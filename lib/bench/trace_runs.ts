import { RunTrace } from "../exec/pool/run_trace.ts";
import type { TraceEvent } from "../model/trace.ts";
import type { Entrant } from "./entrant.ts";
import { openCell, placeOf, runItems } from "./job_work.ts";
import type { TimeBox } from "./time_box.ts";

/** Where the traces of runs go. */
export interface RunsTrace {
  /** What comes from now on is of this run, from 0, and is named so. */
  enter(run: number, name: string): void;
  event(event: TraceEvent): void;
  /** Resolves when there is room for more. */
  room(): Promise<void>;
}

/**
 * Runs each entrant once more, and traces it. To trace the rounds would change what they measure: each item would cost a microsecond or
 * two more. Ends early, and without an error, when the box does.
 */
export async function traceRuns(
  entrants: readonly Entrant[],
  { signal }: Pick<TimeBox, "signal">,
  trace: RunsTrace,
): Promise<void> {
  for (const [run, entrant] of entrants.entries()) {
    if (signal.aborted) return;
    await traceRun(run, entrant, trace).catch((error) => {
      if (!signal.aborted) throw error;
    });
  }
}

async function traceRun(run: number, { work, cell, itemsFor }: Entrant, trace: RunsTrace): Promise<void> {
  const { warmup, measured } = itemsFor(cell);
  const pool = await openCell(work, cell, "all");
  const watcher = new RunTrace((event) => trace.event(event));
  try {
    await runItems(pool, work, warmup.bytes, { indexOf: warmup.indexOf, cell });
    trace.enter(run, `${placeOf(work, cell)},`);
    await runItems(pool, work, measured.bytes, { indexOf: measured.indexOf, cell }, {
      watcher,
      onTaken: () => trace.room(),
    });
    watcher.end();
  } finally {
    await pool.close();
  }
}
