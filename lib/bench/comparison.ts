import type { Contention, Control, JobComparison, OwnCost } from "../model/comparison.ts";
import type { Cell } from "../model/grid.ts";
import { plural, pluralIs } from "../report/words.ts";
import { median } from "../stats/quantiles.ts";
import { estimateRatio, pairedLogRatios, type RatioEstimate } from "../stats/ratio_estimate.ts";
import { comparisonVerdict, controlFailed, type Unclear } from "../stats/verdict.ts";
import { advise } from "./advice.ts";
import { breakEven } from "./break_even.ts";
import { contention, type Cores } from "./contention.ts";
import { numbersOf } from "./mode_numbers.ts";
import type { JobRun } from "./mode_rounds.ts";
import { type NoticeRemedies, noticesOn } from "./notices.ts";
import { endsOf } from "./pairs.ts";
import { phasesOf } from "./phases.ts";
import { gridOf } from "./sweep.ts";

/** What a comparison needs to know besides the runs. */
export interface CompareContext {
  readonly job: string;
  readonly itemCount: number;
  readonly itemsGiven: number;
  readonly passes: number;
  readonly once: boolean;
  /** The four modes, serial first; then the other cells of a sweep, if there is one. */
  readonly cells: readonly Cell[];
  readonly cores: Cores & { readonly usableCores: number };
  readonly ownCost: OwnCost;
  readonly digest: string | undefined;
  /** How many rounds were planned. */
  readonly planned: number;
  /** Why fewer were run: the user stopped it, every difference was settled, or time was up. */
  readonly ended: "stopped" | "settled" | "time";
  /** What to do about notices, see notices.ts. */
  readonly remedies?: NoticeRemedies;
}

/** The four modes come before the other cells of a sweep. */
const modeCount = 4;

/** Estimates a ratio. After an early stop a different estimate is needed than after a fixed number of rounds. */
export type Estimate = (logRatios: readonly number[]) => RatioEstimate;

/** Compares the modes over whole rounds. Unfinished rounds are left out; at least one round must be whole. */
export function compareModes(
  all: readonly JobRun[],
  context: CompareContext,
  estimate: Estimate = estimateRatio,
): JobComparison {
  const { job, itemCount, itemsGiven, passes, once, cells, cores, ownCost, digest } = context;
  const runs = wholeRounds(all, cells.length + 1);
  const counted = runs.filter(({ round }) => round > 0);
  const [serial, tasks, threads] = cells;
  const ratioOf = (baseline: Cell, cell: Cell) => estimate(logRatiosOf(counted, baseline, cell));
  const again = estimate(logRatiosOf(counted, serial, "control"));
  const control: Control = { ratio: again.ratio, interval: endsOf(again.interval), failed: controlFailed(again) };
  const foreign = contentionOf(counted, cores);
  const rated = cells.map((cell) => {
    const own = timesOf(counted, cell);
    const startMs = median(own.map((run) => run.startMs));
    const numbers = { cell, startMs, ...numbersOf(runs.filter((run) => run.cell === cell && !run.control)) };
    if (cell === serial) return { ...numbers, ratio: 1, interval: null, verdict: "baseline", why: undefined } as const;
    const found = ratioOf(serial, cell);
    const contended = cell.threads > 1 && foreign.contended;
    const verdict = comparisonVerdict(found, { controlFailed: control.failed, contended });
    const why = verdict.word === "unclear" ? verdict.why : undefined;
    return { ...numbers, ratio: found.ratio, interval: endsOf(found.interval), verdict: verdict.word, why };
  });
  const modes = rated.slice(0, modeCount).map(({ cell, startMs: _, why, ...numbers }) => (
    { ...cell, ...numbers, reason: why === undefined ? null : reasonOf(why, foreign) }
  ));
  const doubt = rated.map(({ why }) => why).find((why) => why !== undefined && why.kind !== "crosses the margin");
  const phases = phasesOf(counted.filter(({ cell }) => cell === serial));
  const { waitingMs, blockingMs } = phases;
  const { usableCores } = cores;
  const simplestFirst = rated.toSorted((a, b) => a.cell.threads - b.cell.threads || a.cell.tasks - b.cell.tasks);
  const rounds = timesOf(counted, serial).length;
  return {
    job,
    itemCount,
    itemsGiven,
    passes,
    once,
    rounds,
    digest: digest ?? null,
    control,
    contention: foreign,
    ownCost,
    modes,
    phases,
    // on a contended machine, waiting for a core would count as the job's own waiting
    breakEvenMs: waitingMs === null || blockingMs === null || foreign.contended
      ? null
      : breakEven({ waitingMs, blockingMs, tasks, threads, usableCores, ownCost }),
    grid: cells.length > modeCount ? gridOf(rated, ratioOf) : null,
    notices: noticesOn(modes, { ...context, rounds }, context.remedies),
    advice: advise({ cells: simplestFirst, ratioOf, phases, doubt: doubt && reasonOf(doubt, foreign) }),
  };
}

/** The runs of whole rounds: those that have `size` runs. */
export function wholeRounds(runs: readonly JobRun[], size: number): readonly JobRun[] {
  const counts = Map.groupBy(runs, ({ round }) => round);
  return runs.filter(({ round }) => counts.get(round)?.length === size);
}

/** The runs of a cell or of the control, by round. */
function timesOf(runs: readonly JobRun[], cell: Cell | "control"): JobRun[] {
  const own = runs.filter((run) => cell === "control" ? run.control : run.cell === cell && !run.control);
  return own.toSorted((a, b) => a.round - b.round);
}

/** How two cells compare in each round, see pairedLogRatios. The time of a run is its time per item. */
export function logRatiosOf(runs: readonly JobRun[], baseline: Cell, cell: Cell | "control"): number[] {
  const blocks = (one: Cell | "control") => timesOf(runs, one).map(({ elapsedMs, items }) => [elapsedMs / items]);
  return pairedLogRatios(blocks(baseline), blocks(cell));
}

function reasonOf(why: Unclear, foreign: Contention): string {
  switch (why.kind) {
    case "too few rounds":
      return `${pluralIs(why.rounds, "round")} too few: ${why.needed} are needed`;
    case "control failed":
      return "serial differs from itself, so the machine is not steady enough";
    case "contended machine":
      return `other programs took cores that threads need in ${plural(foreign.rounds, "round")}`;
    case "crosses the margin":
      return "no difference shown";
    default:
      return why satisfies never;
  }
}

/** Sums the load over the runs of a round, because the kernel's ticks are too coarse for a single run. */
function contentionOf(runs: readonly JobRun[], cores: Cores): Contention {
  const rounds = [...Map.groupBy(runs, ({ round }) => round).values()];
  return contention(
    rounds.map((round) => ({
      elapsedMs: sum(round.map(({ elapsedMs }) => elapsedMs)),
      busyMs: sum(round.map(({ load }) => load.busyMs)),
      ownMs: sum(round.map(({ load }) => load.ownMs)),
    })),
    cores,
  );
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
