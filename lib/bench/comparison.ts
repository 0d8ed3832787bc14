import type { Cell, Contention, Control, JobComparison, Mode, Phases } from "../model.ts";
import { median, quantileOfSorted } from "../stats/quantiles.ts";
import { estimateRatio, pairedLogRatios } from "../stats/ratio_estimate.ts";
import { comparisonVerdict, controlFailed, type Unclear } from "../stats/verdict.ts";
import { advise } from "./advice.ts";
import { computingShare } from "./computing.ts";
import { contention, type Cores } from "./contention.ts";
import { noticesOn } from "./notices.ts";
import { endsOf } from "./pairs.ts";
import type { JobRun } from "./mode_rounds.ts";

/** What is known besides the runs. */
export interface CompareContext {
  readonly job: string;
  readonly itemCount: number;
  readonly cells: readonly Cell[];
  readonly cores: Cores;
  readonly digest: string | undefined;
  /** Rounds that were to be run. */
  readonly planned: number;
  /** The user stopped it. */
  readonly stopped: boolean;
}

/** What whole rounds have shown; those that were cut short are left out. At least one round is whole. */
export function compareModes(all: readonly JobRun[], context: CompareContext): JobComparison {
  const { job, itemCount, cells, cores, digest, planned, stopped } = context;
  const runs = wholeRounds(all, cells.length + 1);
  const of = (mode: JobRun["mode"]) => runs.filter((run) => run.mode === mode).toSorted((a, b) => a.round - b.round);
  const blocks = (mode: JobRun["mode"]) => of(mode).map(({ elapsedMs }) => [elapsedMs]);
  const ratioOf = (baseline: Mode, mode: JobRun["mode"]) =>
    estimateRatio(pairedLogRatios(blocks(baseline), blocks(mode)));
  const rounds = of("serial").length;
  const again = ratioOf("serial", "control");
  const control: Control = { ratio: again.ratio, interval: endsOf(again.interval), failed: controlFailed(again) };
  const foreign = contentionOf(runs, cores);
  const verdictOf = (cell: Cell) =>
    comparisonVerdict(ratioOf("serial", cell.mode), {
      controlFailed: control.failed,
      contended: cell.threads > 1 && (foreign?.contended ?? false),
    });
  const modes = cells.map((cell) => {
    const numbers = numbersOf(cell, of(cell.mode), itemCount);
    if (cell.mode === "serial") {
      return { ...numbers, ratio: 1, interval: null, verdict: "baseline", reason: null } as const;
    }
    const { ratio, interval } = ratioOf("serial", cell.mode);
    const verdict = verdictOf(cell);
    const reason = verdict.word === "unclear" ? reasonOf(verdict.why, foreign) : null;
    return { ...numbers, ratio, interval: endsOf(interval), verdict: verdict.word, reason };
  });
  const doubt = cells.slice(1).map(verdictOf).flatMap((verdict) =>
    verdict.word === "unclear" && verdict.why.kind !== "crosses the margin" ? [reasonOf(verdict.why, foreign)] : []
  ).at(0);
  return {
    job,
    itemCount,
    rounds,
    digest: digest ?? null,
    control,
    contention: foreign,
    modes,
    phases: phasesOf([...of("serial"), ...of("control")], itemCount),
    notices: noticesOn(modes, { rounds, planned, stopped }),
    advice: advise(modes, ratioOf, doubt),
  };
}

/** Runs of rounds in which every mode has run. */
function wholeRounds(runs: readonly JobRun[], size: number): readonly JobRun[] {
  const counts = Map.groupBy(runs, ({ round }) => round);
  return runs.filter(({ round }) => counts.get(round)?.length === size);
}

function numbersOf(cell: Cell, runs: readonly JobRun[], itemCount: number) {
  const itemMs = Float64Array.from(runs.flatMap((run) => run.itemMs)).sort();
  const rss = runs.flatMap(({ rssBytes }) => rssBytes === undefined ? [] : [rssBytes]);
  return {
    ...cell,
    itemsPerSecond: itemCount / median(runs.map(({ elapsedMs }) => elapsedMs)) * 1000,
    p50Ms: quantileOfSorted(itemMs, 0.5),
    p99Ms: quantileOfSorted(itemMs, 0.99),
    lagP99Ms: null,
    rssBytes: rss.length === 0 ? null : median(rss),
    samples: runs.map(({ round, elapsedMs, load, rssBytes = null }) => ({
      round,
      elapsedMs,
      cpuMs: load?.ownMs ?? null,
      rssBytes,
    })),
  };
}

function reasonOf(why: Unclear, foreign: Contention | null): string {
  switch (why.kind) {
    case "too few rounds":
      return `${why.rounds === 1 ? "1 round is" : `${why.rounds} rounds are`} too few, ${why.needed} are needed`;
    case "control failed":
      return "serial differs from itself, so the machine is not steady enough";
    case "contended machine":
      return `other programs took cores that threads need in ${foreign?.rounds} rounds`;
    case "crosses the margin":
      return "no difference shown";
    default:
      return why satisfies never;
  }
}

/** Each round is summed up over its runs: the kernel's ticks are too coarse for one. */
function contentionOf(runs: readonly JobRun[], cores: Cores): Contention | null {
  if (runs.some(({ load }) => load === undefined)) return null;
  const rounds = [...Map.groupBy(runs, ({ round }) => round).values()];
  return contention(
    rounds.map((round) => ({
      elapsedMs: sum(round.map(({ elapsedMs }) => elapsedMs)),
      busyMs: sum(round.map(({ load }) => load?.busyMs ?? 0)),
      ownMs: sum(round.map(({ load }) => load?.ownMs ?? 0)),
    })),
    cores,
  );
}

/**
 * One thread has work until the last item ends, so what remains of the time is what sending takes. Processor time is summed
 * up over all rounds: one is too short to tell.
 */
function phasesOf(serial: readonly JobRun[], itemCount: number): Phases {
  const workedMs = median(serial.map(({ worked }) => worked.ms)) / itemCount;
  const sendingMs = Math.max(0, median(serial.map(({ elapsedMs, worked }) => elapsedMs - worked.ms)) / itemCount);
  const share = computingShare({
    cpuMs: sum(serial.map(({ worked }) => worked.cpuMs)),
    knownMs: sum(serial.map(({ worked }) => worked.knownMs)),
  });
  if (share === undefined) return { computingMs: null, waitingMs: null, sendingMs };
  const computingMs = share * workedMs;
  return { computingMs, waitingMs: workedMs - computingMs, sendingMs };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
