import type { Cell } from "../model/grid.ts";
import { modeName } from "../report/words.ts";
import { quantileOfSorted } from "../stats/quantiles.ts";
import type { SlotReading } from "../exec/pool/slot_reading.ts";
import { type JobWork, openCell, runItems } from "./job_work.ts";
import { type LoadReading, readLoad } from "./machine_load.ts";
import { Records } from "./outputs.ts";
import type { RunItems } from "./run_items.ts";

/** What the machine and this program did during a run. */
export interface RunLoad {
  /** All cores of the machine together were busy, in milliseconds of one core. */
  readonly busyMs: number;
  /** This program computed, with the processes of its slots. */
  readonly ownMs: number;
  /** The main thread computed; undefined if Deno cannot tell. */
  readonly mainMs: number | undefined;
  /** Undefined if Deno cannot tell. */
  readonly voluntarySwitches: number | undefined;
  readonly involuntarySwitches: number | undefined;
}

/** What one run read. */
export interface MeasuredRun {
  /** Until all slots had loaded the job. */
  readonly startMs: number;
  /** First item to last outcome. */
  readonly elapsedMs: number;
  readonly items: number;
  readonly load: RunLoad;
  /** Memory of the program at the end, with the processes of its slots. */
  readonly rssBytes: number;
  /** Most memory on the heap of one slot's isolate. */
  readonly heapBytes: number | undefined;
  /** How long slots had work, how much of `knownMs` of that they computed, and how long promises were pending, summed up. */
  readonly worked: {
    readonly ms: number;
    readonly cpuMs: number;
    readonly knownMs: number;
    readonly pendingMs: number;
  };
  /** How long each slot's thread computed; none if Deno cannot tell. */
  readonly slotCpuMs: readonly number[];
  /** Sums over the items; undefined if no slot told. */
  readonly latency: { readonly sendMs: number; readonly queueMs: number; readonly receiveMs: number } | undefined;
  /** From start to end of each item, ascending; quantiles of it where there are many. */
  readonly itemMs: Float64Array;
  /** How late timers fired, ascending; quantiles of it where there are many. */
  readonly lagMs: Float64Array;
}

/** Runs the items of one run in fresh slots. */
export async function measureRun(work: JobWork, cell: Cell, { warmup, measured }: RunItems) {
  const { clock } = work;
  const where = modeName(cell);
  const openedAt = clock.now();
  const pool = await openCell(work, cell);
  const startMs = clock.now() - openedAt;
  const records = new Records(measured.indexOf);
  const readings: SlotReading[] = [];
  try {
    await runItems(pool, work, warmup.bytes, { indexOf: warmup.indexOf, where });
    const before = readLoad();
    const start = clock.now();
    await runItems(pool, work, measured.bytes, { indexOf: measured.indexOf, where }, {
      onReading: (reading) => readings.push(reading),
      onDelivery: (delivery) => records.add(delivery),
    });
    const elapsedMs = clock.now() - start;
    const known = { startMs, elapsedMs, items: measured.bytes.length };
    return { where, records, measured: { ...known, ...summed(readings, before, readLoad()) } };
  } finally {
    await pool.close();
  }
}

function summed(readings: readonly SlotReading[], before: LoadReading, after: LoadReading) {
  const known = readings.filter(({ cpuMs }) => cpuMs !== undefined);
  const phases = readings.flatMap(({ phases }) => phases ?? []);
  const heaps = readings.flatMap(({ heapBytes }) => heapBytes ?? []);
  const { processMs, processRssBytes } = ofProcesses(readings);
  return {
    load: {
      busyMs: after.busyMs - before.busyMs,
      ownMs: after.ownMs - before.ownMs + processMs,
      mainMs: since(before.mainMs, after.mainMs),
      voluntarySwitches: since(before.voluntarySwitches, after.voluntarySwitches),
      involuntarySwitches: since(before.involuntarySwitches, after.involuntarySwitches),
    },
    rssBytes: Deno.memoryUsage().rss + processRssBytes,
    heapBytes: heaps.length === 0 ? undefined : Math.max(...heaps),
    worked: {
      ms: sumOf(readings, ({ ms }) => ms),
      cpuMs: sumOf(known, ({ cpuMs = 0 }) => cpuMs),
      knownMs: sumOf(known, ({ ms }) => ms),
      pendingMs: sumOf(readings, ({ pendingMs }) => pendingMs),
    },
    slotCpuMs: [...Map.groupBy(known, ({ slot }) => slot).values()].map((own) => sumOf(own, ({ cpuMs = 0 }) => cpuMs)),
    latency: phases.length === 0 ? undefined : {
      sendMs: sumOf(phases, ({ sentMs }) => sentMs),
      queueMs: sumOf(phases, ({ queuedMs }) => queuedMs),
      receiveMs: sumOf(phases, ({ heldMs, receiveMs }) => heldMs + receiveMs),
    },
    itemMs: thinned(readings.map(({ itemMs = [] }) => itemMs)),
    lagMs: thinned(readings.map(({ lagMs = [] }) => lagMs)),
  };
}

/** Processes of slots tell their processor time since they last did, and their memory now. */
function ofProcesses(readings: readonly SlotReading[]) {
  const memory = new Map(readings.map(({ slot, processRssBytes = 0 }) => [slot, processRssBytes]));
  return {
    processMs: sumOf(readings, ({ processCpuMs = 0 }) => processCpuMs),
    processRssBytes: [...memory.values()].reduce((sum, bytes) => sum + bytes, 0),
  };
}

function since(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined ? undefined : after - before;
}

function sumOf<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0);
}

/** More numbers than this are kept as so many quantiles. */
const maxKept = 2_000;

/** Ascending; of many, evenly spaced quantiles with both ends. */
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
