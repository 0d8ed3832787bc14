import type { Cell, Mode } from "../model.ts";
import { seededRandom, shuffled } from "../stats/random.ts";
import { type Amount, warmupItems } from "./amount.ts";
import type { Calibration } from "./calibrate.ts";
import { drain, type JobWork, openCell } from "./job_work.ts";
import { readLoad } from "./machine_load.ts";
import { type OutputCheck, Records } from "./outputs.ts";

/** What is compared, how often, and until when. */
export interface ModeRoundsOptions {
  readonly work: JobWork;
  /** Serial first. */
  readonly cells: readonly Cell[];
  readonly amount: Amount;
  readonly calibration: Calibration;
  readonly seed: number;
  /** When the rounds must be over, by the work's clock. */
  readonly deadline: number;
  /** Holds the runs' outputs against each other, if they should be alike. */
  readonly outputs: OutputCheck | undefined;
}

/** One run: a mode, or serial once more as the control, in one round. */
export interface JobRun {
  readonly mode: Mode | "control";
  readonly round: number;
  readonly elapsedMs: number;
  /** What the machine and this program computed meanwhile; undefined where slots are processes of their own. */
  readonly load: { readonly busyMs: number; readonly ownMs: number } | undefined;
  /** Memory of this program at the end; undefined where slots are processes of their own. */
  readonly rssBytes: number | undefined;
  /** How long slots had work, and how much of `knownMs` of that they computed. */
  readonly worked: { readonly ms: number; readonly cpuMs: number; readonly knownMs: number };
  /** From start to end of each item, in no order. */
  readonly itemMs: readonly number[];
}

/**
 * Runs the items in every mode once a round, and in serial once more, in shuffled order and each time in fresh slots, which a
 * few items warm up, uncounted. Yields between runs, never while a clock runs. Ends early on abort, and before a round
 * that the deadline would cut.
 *
 * @throws {TandemError} an item failed, or the outputs differ
 */
export async function* measureModes(options: ModeRoundsOptions): AsyncGenerator<JobRun> {
  const { work: { clock, signal }, cells, amount, seed, deadline } = options;
  const random = seededRandom(seed);
  const entrants = [...cells.map((cell) => ({ mode: cell.mode, cell })), { mode: "control" as const, cell: cells[0] }];
  let longest = 0;
  for (let round = 1; round <= amount.rounds; round++) {
    const start = clock.now();
    if (round > 1 && start + longest > deadline) return;
    for (const { mode, cell } of shuffled(entrants, random)) {
      const run = await measureRun(options, cell).catch((error) => {
        if (!signal.aborted) throw error;
      });
      if (run === undefined || signal.aborted) return;
      await options.outputs?.check(nameOf(cell), run.records);
      yield { mode, round, ...run.measured };
    }
    longest = Math.max(longest, clock.now() - start);
  }
}

async function measureRun({ work, amount, calibration }: ModeRoundsOptions, cell: Cell) {
  const { clock, inProcess } = work;
  const items = work.items.slice(0, amount.items);
  const records = new Records();
  const worked = { ms: 0, cpuMs: 0, knownMs: 0 };
  const itemMs: number[] = [];
  const pool = await openCell(work, cell);
  try {
    await drain(pool, work, items.slice(0, warmupItems(cell, calibration, items.length)), nameOf(cell));
    const before = inProcess ? readLoad() : undefined;
    const start = clock.now();
    await drain(pool, work, items, nameOf(cell), {
      onReport(report) {
        worked.ms += report.ms;
        if (report.cpuMs !== undefined) {
          worked.cpuMs += report.cpuMs;
          worked.knownMs += report.ms;
        }
        for (const ms of report.itemMs ?? []) itemMs.push(ms);
      },
      onDelivery: (delivery) => records.add(delivery),
    });
    const elapsedMs = clock.now() - start;
    const after = before && readLoad();
    const load = before && after && { busyMs: after.busyMs - before.busyMs, ownMs: after.ownMs - before.ownMs };
    const rssBytes = inProcess ? Deno.memoryUsage().rss : undefined;
    return { records, measured: { elapsedMs, load, rssBytes, worked, itemMs } };
  } finally {
    await pool.close();
  }
}

function nameOf({ mode, threads, tasks }: Cell): string {
  return `${mode} ${threads}x${tasks}`;
}
