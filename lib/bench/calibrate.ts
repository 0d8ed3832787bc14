import { computingShare } from "./computing.ts";
import { type JobWork, openCell, runItems, serialCell } from "./job_work.ts";
import type { ItemOrder } from "./run_items.ts";
import { timeUpIn } from "./time_box.ts";

/** A first estimate of the work, in one thread with one task. Times are in milliseconds. */
export interface Calibration {
  /** How long a slot takes to start and load the job. */
  readonly startMs: number;
  /** How long an item takes, including sending. */
  readonly itemMs: number;
  /** How long an item computes; undefined if unknown. */
  readonly computingMs: number | undefined;
  /** How many items ran for the calibration, once each. */
  readonly items: number;
}

/**
 * Runs batches of 1, 2, 4, 8, ... items, each item once, until the next batch would exceed `maxMs` or no items are left. Only
 * the last batches count, because code is still being compiled during the first. The items should be in random order, so
 * that any of them represent all.
 *
 * @throws the signal's reason, if it aborts
 */
export async function calibrate(
  work: JobWork,
  items: ItemOrder,
  maxMs: number,
): Promise<Calibration> {
  const { clock } = work;
  const openedAt = clock.now();
  const pool = await openCell(work, serialCell).catch((error) => {
    throw timeUpIn(error, { kind: "loading", job: work.name });
  });
  const start = clock.now();
  const known = { cpuMs: 0, knownMs: 0 };
  let ended = 0;
  let itemMs = NaN;
  try {
    for (let size = 1; ended < items.length; size *= 2) {
      const count = Math.min(size, items.length - ended);
      if (ended > 0 && clock.now() - start + count * itemMs > maxMs) break;
      const { bytes: batch, indexOf } = items.next(count);
      const sentAt = clock.now();
      const run = runItems(pool, work, batch, { indexOf, cell: serialCell }, {
        onReading({ ms, cpuMs }) {
          if (cpuMs === undefined) return;
          known.knownMs += ms;
          known.cpuMs += cpuMs;
        },
      });
      await run.catch((error) => {
        if (!work.signal.aborted) throw error; // else an item that heeds the signal fails
      });
      if (work.signal.aborted) throw timeUpIn(work.signal.reason, { kind: "calibrating" });
      ended += batch.length;
      if (2 * batch.length >= size) itemMs = (clock.now() - sentAt) / batch.length; // a small last batch says little
    }
  } finally {
    await pool.close();
  }
  const share = computingShare(known);
  const computingMs = share === undefined ? undefined : share * itemMs;
  return { startMs: start - openedAt, itemMs, computingMs, items: ended };
}

/** The mean of two jobs' calibrations, and that of the job whose items take less time. */
export function meanCalibration(
  a: Calibration,
  b: Calibration,
): { readonly mean: Calibration; readonly faster: Calibration } {
  const mean = (of: (calibration: Calibration) => number) => (of(a) + of(b)) / 2;
  const isKnown = a.computingMs !== undefined && b.computingMs !== undefined;
  return {
    mean: {
      startMs: mean(({ startMs }) => startMs),
      itemMs: mean(({ itemMs }) => itemMs),
      computingMs: isKnown ? mean(({ computingMs = 0 }) => computingMs) : undefined,
      items: Math.max(a.items, b.items),
    },
    faster: a.itemMs < b.itemMs ? a : b,
  };
}
