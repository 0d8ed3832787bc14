import { corners } from "../../lib/bench/corners.ts";
import { controlOf, type EntrantRun, entrantsOf } from "../../lib/bench/entrant.ts";
import type { ComparedMode } from "../../lib/model/comparison.ts";
import type { Cell, Mode } from "../../lib/model/grid.ts";
import { metricsOfCell } from "../../lib/model/metrics.ts";
import type { RunReading } from "../../lib/model/run_reading.ts";

/** The four modes of a piece of work, and its control. */
export const grid = corners(2, 4);
export const entrants = entrantsOf("job", grid, undefined as never);
export const control = controlOf(entrants[0]);

/** A run of 10 items that took so long, on a machine where nothing else runs. */
export function reading(elapsedMs: number, rest: Partial<RunReading> = {}): RunReading {
  return {
    startMs: 30,
    elapsedMs,
    items: 10,
    load: { busyMs: 300, ownMs: 290, mainMs: 1, voluntarySwitches: 5, involuntarySwitches: 2 },
    rssBytes: 1000,
    heapBytes: 500,
    worked: { ms: 0.9 * elapsedMs, cpuMs: 0.6 * elapsedMs, knownMs: 0.8 * elapsedMs, pendingMs: 0.2 * elapsedMs },
    slotCpuMs: [0.6 * elapsedMs],
    latency: { sendMs: 10, queueMs: 200, receiveMs: 30 },
    itemMs: Float64Array.of(1, 2, 3),
    lagMs: Float64Array.of(0, 1, 8),
    ...rest,
  };
}

/** How long a run of each mode takes, and of the control. */
export type Times = Readonly<Record<Mode | "control", number>>;

/** What differs from whole rounds from 1 on, on a quiet machine. */
interface Rounds {
  readonly rounds?: number;
  readonly first?: number;
  /** Changes the run of a cell in a round. */
  readonly change?: (cell: Cell, round: number) => Partial<RunReading>;
}

/** Runs with these times. Each round is slower than the one before, as on a machine that heats up. */
export function runsWith(times: Times, { rounds = 8, first = 1, change }: Rounds = {}): EntrantRun[] {
  return Array.from({ length: rounds }, (_, i) => i + first).flatMap((round) =>
    [...entrants, control].map(({ id, cell }) => {
      const elapsedMs = times[id === control.id ? "control" : cell.mode] * (1 + round / 10);
      const rest = { startMs: 30 * cell.threads, rssBytes: 1000 * round, ...change?.(cell, round) };
      return { entrant: id, round, ...reading(elapsedMs, rest) };
    })
  );
}

/** A cell with this ratio to serial, known within 1 %. */
export function compared(cell: Cell, ratio: number, rest: Partial<ComparedMode> = {}): ComparedMode {
  const serial = cell.mode === "serial";
  return {
    ...cell,
    ...metricsOfCell([reading(100 / ratio, { startMs: 30 * cell.threads, lagMs: new Float64Array() })]),
    ratio,
    interval: serial ? null : [ratio * 0.99, ratio * 1.01],
    verdict: serial ? "baseline" : "faster",
    reason: null,
    samples: [],
    ...rest,
  };
}
