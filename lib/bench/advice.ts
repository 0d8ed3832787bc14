import type { Advice, Phases } from "../model/comparison.ts";
import type { Cell } from "../model/grid.ts";
import { formatDuration, formatInterval, formatRatio } from "../report/units.ts";
import { modeName } from "../report/words.ts";
import type { RatioEstimate } from "../stats/ratio_estimate.ts";
import { difference } from "../stats/verdict.ts";
import { changesOf } from "./advice_changes.ts";
import type { RatedCell } from "./rated_cell.ts";
import { endsOf } from "./pairs.ts";

/** How many times faster `cell` is than `baseline`. */
export type RatioOf = (baseline: Cell, cell: Cell) => Pick<RatioEstimate, "interval">;

/** What the advice is derived from. */
export interface AdviceInput {
  /** Serial first; cells with fewer threads and tasks before those with more. */
  readonly cells: readonly RatedCell[];
  readonly ratioOf: RatioOf;
  readonly phases: Phases;
  /** Why the measurement cannot be trusted. Undefined if it can; otherwise there is no advice. */
  readonly doubt: string | undefined;
}

/** Recommends the first cell that the fastest one is not shown to beat. */
export function advise({ cells, ratioOf, phases, doubt }: AdviceInput): Advice {
  if (doubt !== undefined) return { kind: "none", reason: doubt };
  const fastest = cells.reduce((a, b) => b.ratio > a.ratio ? b : a);
  const isBeaten = ({ cell }: RatedCell) => difference(ratioOf(cell, fastest.cell).interval) === "faster";
  const chosen = cells.find((one) => one === fastest || !isBeaten(one)) ?? fastest;
  const { mode, threads, tasks } = chosen.cell;
  const speed = mode === "serial" ? "nothing else is shown to be faster" : `it is ${speedOf(chosen)}`;
  const isWider = fastest.cell.threads > threads || fastest.cell.tasks > tasks; // with 1 item all modes are 1×1
  const rest = chosen === fastest || !isWider ? [] : [
    `${modeName(fastest.cell)} uses more and is not measurably faster (${rangeOf(ratioOf(chosen.cell, fastest.cell))})`,
  ];
  return {
    kind: "use",
    cell: { mode, threads, tasks },
    reason: [`${kindOfWork(phases)}${speed}`, ...rest].join("; "),
    changes: changesOf({ chosen, serial: cells[0], phases }),
  };
}

/** What an item spends its time on, as the start of a sentence; empty if that is unknown. */
function kindOfWork({ computingMs, blockingMs, waitingMs, transferMs }: Phases): string {
  if (computingMs === null || blockingMs === null || waitingMs === null) return "";
  const workMs = computingMs + blockingMs + waitingMs;
  const all = workMs + transferMs;
  const share = (part: number) => `${Math.round(100 * part / all)} %`;
  if (workMs < tinyMs) return `an item takes only ${formatDuration(all)}, and `;
  if (transferMs > workMs) return `sending an item takes longer than the work on it, and `;
  if (blockingMs > 0.5 * all) return `an item blocks its thread (${share(blockingMs)} of its time), and `;
  if (waitingMs < 0.1 * all) return `an item computes (${share(computingMs)} of its time), and `;
  if (computingMs < 0.1 * all) return `an item waits (${share(waitingMs)} of its time), and `;
  return `an item computes ${share(computingMs)} of its time and waits ${share(waitingMs)}, and `;
}

/** Work shorter than this, in milliseconds, takes about as long as our own cost of an item. */
const tinyMs = 0.002;

function speedOf({ ratio, interval }: RatedCell): string {
  const range = interval === null ? "" : ` (${formatInterval(interval)})`;
  return `${formatRatio(ratio)} as fast as serial${range}`;
}

function rangeOf({ interval }: Pick<RatioEstimate, "interval">): string {
  return formatInterval(endsOf(interval)) || "too few rounds";
}
