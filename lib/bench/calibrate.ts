import { computingShare } from "./computing.ts";
import { drain, type JobWork, openCell } from "./job_work.ts";
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
  let ended = 0;
  let itemMs = NaN;
  let onEnd = () => {};
  const known = { cpuMs: 0, knownMs: 0 };

  async function* growingBatches(): AsyncGenerator<Uint8Array> {
    for (let first = 0, size = 1; first < items.length; first += size, size *= 2) {
      const batch = items.slice(first, first + size);
      const sentAt = clock.now();
      if (first > 0 && sentAt - start + size * itemMs > maxMs) return;
      yield* batch;
      while (ended < first + batch.length) await new Promise<void>((resolve) => onEnd = resolve);
      itemMs = (clock.now() - sentAt) / batch.length;
    }
  }

  try {
    await drain(pool, work, growingBatches(), { indexOf, where: "serial" }, {
      onReport({ ms, cpuMs }) {
        if (cpuMs === undefined) return;
        known.knownMs += ms;
        known.cpuMs += cpuMs;
      },
      onDelivery({ kind, items }) {
        if (kind !== "value") ended += items;
        onEnd();
      },
    });
  } finally {
    await pool.close();
  }
  const share = computingShare(known);
  const computingMs = share === undefined ? undefined : share * itemMs;
  return { startMs: start - openedAt, itemMs, computingMs, items: ended };
}
