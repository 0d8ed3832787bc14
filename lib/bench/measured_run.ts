import type { RunReading } from "../model/run_reading.ts";
import { quantileOfSorted, sum } from "../stats/quantiles.ts";
import type { SlotReading } from "../exec/tuning/slot_reading.ts";
import type { Entrant } from "./entrant.ts";
import { openCell, placeOf, runItems } from "./job_work.ts";
import { type LoadReading, processMeter } from "./machine_load.ts";

/** Memory for the output of a run, for each byte that it would have if its items were like those that warm up. */
const outputShare = 1.25;

/**
 * Runs the items of one run in fresh slots.
 *
 * @throws {TandemError} an item failed, or the outputs differ from those of an earlier run
 */
export async function measureRun({ id, work, cell, itemsFor, outputs }: Entrant): Promise<RunReading> {
  const { clock, meter = processMeter } = work;
  const { warmup, measured } = itemsFor(cell);
  const openedAt = clock.now();
  const pool = await openCell(work, cell);
  const startMs = clock.now() - openedAt;
  const records = outputs?.records(measured.indexOf);
  const readings: SlotReading[] = [];
  let elapsedMs: number;
  let before: LoadReading;
  let after: LoadReading;
  try {
    let warmupBytes = 0;
    await runItems(pool, work, warmup.bytes, { indexOf: warmup.indexOf, cell }, {
      onDelivery: ({ bytes }) => void (warmupBytes += bytes.length),
    });
    records?.reserve(outputShare * warmupBytes * measured.bytes.length / Math.max(1, warmup.bytes.length));
    before = meter.readLoad();
    const start = clock.now();
    await runItems(pool, work, measured.bytes, { indexOf: measured.indexOf, cell }, {
      onReading: (reading) => readings.push(reading),
      onDelivery: (delivery) => records?.add(delivery),
    });
    elapsedMs = clock.now() - start;
    after = meter.readLoad();
  } finally {
    await pool.close();
  }
  if (records) outputs?.check(records, { id, where: placeOf(work, cell) });
  return { startMs, elapsedMs, items: measured.bytes.length, ...summed(readings, before, after, meter.rssBytes()) };
}

function summed(readings: readonly SlotReading[], before: LoadReading, after: LoadReading, ownRssBytes: number) {
  const known = readings.flatMap(({ slot, ms, cpuMs }) => cpuMs === undefined ? [] : [{ slot, ms, cpuMs }]);
  const phases = readings.flatMap(({ phases }) => phases ?? []);
  const heaps = readings.flatMap(({ heapBytes }) => heapBytes ?? []);
  const { processMs, processRssBytes } = ofProcesses(readings);
  return {
    load: {
      busyMs: since(before.busyMs, after.busyMs),
      ownMs: after.ownMs - before.ownMs + processMs,
      mainMs: since(before.mainMs, after.mainMs),
      voluntarySwitches: since(before.voluntarySwitches, after.voluntarySwitches),
      involuntarySwitches: since(before.involuntarySwitches, after.involuntarySwitches),
    },
    rssBytes: ownRssBytes + processRssBytes,
    heapBytes: heaps.length === 0 ? null : Math.max(...heaps),
    worked: {
      ms: sumOf(readings, ({ ms }) => ms),
      cpuMs: sumOf(known, ({ cpuMs }) => cpuMs),
      knownMs: sumOf(known, ({ ms }) => ms),
      pendingMs: sumOf(readings, ({ pendingMs }) => pendingMs),
    },
    slotCpuMs: [...Map.groupBy(known, ({ slot }) => slot).values()].map((own) => sumOf(own, ({ cpuMs }) => cpuMs)),
    latency: phases.length === 0 ? null : {
      sendMs: sumOf(phases, ({ sentMs }) => sentMs),
      queueMs: sumOf(phases, ({ queuedMs }) => queuedMs),
      receiveMs: sumOf(phases, ({ heldMs, receiveMs }) => heldMs + receiveMs),
    },
    itemMs: thinned(readings.map(({ itemMs = [] }) => itemMs)),
    lagMs: thinned(readings.map(({ lagMs = [] }) => lagMs)),
  };
}

/** A reading has the CPU time of the slot's process since the last reading, and its current memory. */
function ofProcesses(readings: readonly SlotReading[]) {
  const memory = new Map(readings.map(({ slot, processRssBytes = 0 }) => [slot, processRssBytes]));
  return {
    processMs: sumOf(readings, ({ processCpuMs = 0 }) => processCpuMs),
    processRssBytes: sum([...memory.values()]),
  };
}

function since(before: number | undefined, after: number | undefined): number | null {
  return before === undefined || after === undefined ? null : after - before;
}

function sumOf<T>(values: readonly T[], of: (value: T) => number): number {
  return sum(values.map(of));
}

/** If there are more numbers than this, this many quantiles are kept instead. */
const maxKept = 2_000;

/** All numbers, ascending; if there are many, evenly spaced quantiles including both ends. */
export function thinned(lists: readonly (readonly number[])[]): Float64Array {
  const all = new Float64Array(lists.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const list of lists) {
    all.set(list, at);
    at += list.length;
  }
  all.sort();
  if (all.length <= maxKept) return all;
  return Float64Array.from({ length: maxKept }, (_, i) => quantileOfSorted(all, i / (maxKept - 1)));
}
