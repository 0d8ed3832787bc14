import type { ComparedMode, Phases } from "../model/comparison.ts";
import type { Cell } from "../model/grid.ts";
import type { Advice, NoAdviceReason, UseReason, Work } from "../model/reason.ts";
import type { RatioEstimate } from "../stats/ratio_estimate.ts";
import { difference } from "../stats/verdict.ts";
import { changesOf, tinyMs } from "./advice_changes.ts";
import { endsOf } from "../stats/ratio_estimate.ts";

/** How many times faster `cell` is than `baseline`. */
export type RatioOf = (baseline: Cell, cell: Cell) => Pick<RatioEstimate, "ratio" | "interval">;

/** What the advice is derived from. */
export interface AdviceInput {
  /** All cells that were measured, serial first. */
  readonly cells: readonly ComparedMode[];
  readonly ratioOf: RatioOf;
  readonly phases: Phases;
}

/**
 * Recommends the cell with the fewest threads, then tasks, that the fastest one is not shown to beat. There is no advice if a
 * comparison with serial is in doubt for another reason than that it shows no difference.
 */
export function advise({ cells, ratioOf, phases }: AdviceInput): Advice {
  const doubt = cells.map(({ reason }) => reason).find((reason) => reason !== null && reason.kind !== "no-difference");
  if (doubt) return noAdvice(doubt);
  const simplestFirst = cells.toSorted((a, b) => a.threads - b.threads || a.tasks - b.tasks);
  const fastest = simplestFirst.reduce((a, b) => b.ratio > a.ratio ? b : a);
  const isBeaten = (cell: Cell) => difference(ratioOf(cell, fastest).interval) === "faster";
  const chosen = simplestFirst.find((one) => one === fastest || !isBeaten(one)) ?? fastest;
  const { mode, threads, tasks, ratio, interval } = chosen;
  const isWider = fastest.threads > threads || fastest.tasks > tasks; // with 1 item all modes are 1×1
  const reason: UseReason = {
    work: kindOfWork(phases),
    ratio: mode === "serial" ? null : ratio,
    interval,
    wider: isWider ? { cell: cellOf(fastest), interval: endsOf(ratioOf(chosen, fastest).interval) } : null,
  };
  return { kind: "use", mode, threads, tasks, reason, changes: changesOf({ chosen, serial: cells[0], phases }) };
}

/** No cell can be recommended. */
export function noAdvice(reason: NoAdviceReason): Advice {
  return { kind: "none", mode: null, threads: null, tasks: null, reason, changes: [] };
}

function cellOf({ mode, threads, tasks }: Cell): Cell {
  return { mode, threads, tasks };
}

/** What an item spends its time on; null if that is unknown. */
function kindOfWork({ computingMs, blockingMs, waitingMs, transferMs }: Phases): Work | null {
  if (computingMs === null || blockingMs === null || waitingMs === null) return null;
  const workMs = computingMs + blockingMs + waitingMs;
  const itemMs = workMs + transferMs;
  if (workMs < tinyMs) return { kind: "tiny", itemMs };
  if (transferMs > workMs) return { kind: "sending" };
  const [computing, blocking, waiting] = [computingMs, blockingMs, waitingMs].map((ms) => ms / itemMs);
  if (blocking > 0.5) return { kind: "blocking", share: blocking };
  if (waiting < 0.1) return { kind: "computing", share: computing };
  if (computing < 0.1) return { kind: "waiting", share: waiting };
  return { kind: "mixed", computing, waiting };
}
