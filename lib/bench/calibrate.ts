import { computingShare } from "./computing.ts";
import { type JobWork, openCell, runItems } from "./job_work.ts";
import type { ItemSlice } from "./run_items.ts";

/** A first look at the work, in one thread with one task. All in milliseconds. */
export interface Calibration {
  /** To start a slot that has loaded the job. */
  readonly startMs: number;
  /** One item, sending included. */
  readonly itemMs: number;
  /** How long it computes; undefined if that could not be told. */
  readonly computingMs: number | undefined;
  /** Items that ran for it, once each. */
  readonly items: number;
}

/**
 * Runs items, each once: 1, then 2, 4, 8, ... until the next would pass `maxMs` or there are no more. What the last ones took counts,
 * as the first ones still compile. They should come in an order in which any of them stand for all.
 */
export async function calibrate(
  work: JobWork,
  { bytes: items, indexOf }: ItemSlice,
  maxMs: number,
): Promise<Calibration> {
  const { clock } = work;
  const openedAt = clock.now();
  const pool = await openCell(work, { threads: 1, tasks: 1 });
  const start = clock.now();
  const known = { cpuMs: 0, knownMs: 0 };
  let ended = 0;
  let itemMs = NaN;
  try {
    for (let size = 1; ended < items.length && !work.signal.aborted; size *= 2) {
      const batch = items.slice(ended, ended + size);
      const first = ended;
      const sentAt = clock.now();
      if (ended > 0 && sentAt - start + batch.length * itemMs > maxMs) break;
      await runItems(pool, work, batch, { indexOf: (place) => indexOf(first + place), where: "serial" }, {
        onReading({ ms, cpuMs }) {
          if (cpuMs === undefined) return;
          known.knownMs += ms;
          known.cpuMs += cpuMs;
        },
      });
      ended += batch.length;
      if (2 * batch.length >= size) itemMs = (clock.now() - sentAt) / batch.length; // a small rest tells little
    }
  } finally {
    await pool.close();
  }
  const share = computingShare(known);
  const computingMs = share === undefined ? undefined : share * itemMs;
  return { startMs: start - openedAt, itemMs, computingMs, items: ended };
}
