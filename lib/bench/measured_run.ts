import type { Cell } from "../model/grid.ts";
import { modeName } from "../report/words.ts";
import { quantileOfSorted } from "../stats/quantiles.ts";
import type { SlotReading } from "../exec/pool/slot_reading.ts";
import { type JobWork, openCell, runItems } from "./job_work.ts";
import { type LoadReading, readLoad } from "./machine_load.ts";
import { Records } from "./outputs.ts";
import type { RunItems } from "./run_items.ts";

/** What the machine and this program did during a run; times are in milliseconds. */
export interface RunLoad {
  /** How long the cores of the machine were busy, summed over all cores. */
  readonly busyMs: number;
  /** CPU time of this program, including the processes of its slots. */
  readonly ownMs: number;
  /** CPU time of the main thread; undefined if Deno cannot tell. */
  readonly mainMs: number | undefined;
  /** Undefined if Deno cannot tell. */
  readonly voluntarySwitches: number | undefined;
  readonly involuntarySwitches: number | undefined;
}

/** What was measured in one run; times are in milliseconds. */
export interface MeasuredRun {
  /** Time until all slots had loaded the job. */
  readonly startMs: number;
  /** From the first item to the last outcome. */
  readonly elapsedMs: number;
  readonly items: number;
  readonly load: RunLoad;
  /** Memory of the program at the end, including the processes of its slots. */
  readonly rssBytes: number;
  /** The maximum heap memory in use in any slot's isolate; undefined if not measured. */
  readonly heapBytes: number | undefined;
  /**
   * Sums over the slots: how long they had work, their CPU time in `knownMs` of that time, and how long promises were
   * pending.
   */
  readonly worked: {
    readonly ms: number;
    readonly cpuMs: number;
    readonly knownMs: number;
    readonly pendingMs: number;
  };
  /** CPU time of each slot's thread; empty if Deno cannot tell. */
  readonly slotCpuMs: readonly number[];
  /** Sums over the items; undefined if no slot reported any. */
  readonly latency: { readonly sendMs: number; readonly queueMs: number; readonly receiveMs: number } | undefined;
  /** The time of each item from start to end, ascending; quantiles if there are many. */
  readonly itemMs: Float64Array;
  /** How late timers fired, ascending; quantiles if there are many. */
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

/** A reading has the CPU time of the slot's process since the last reading, and its current memory. */
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
