import type { Advice, ComparedMode, Mode } from "../model.ts";
import { formatInterval, formatRatio } from "../report/units.ts";
import type { RatioEstimate } from "../stats/ratio_estimate.ts";
import { difference } from "../stats/verdict.ts";
import { endsOf } from "./pairs.ts";

/** How many times less time one mode took than another, as the baseline. */
export type RatioOf = (baseline: Mode, mode: Mode) => Pick<RatioEstimate, "interval">;

/**
 * The first of the modes that the fastest is not shown to beat; `modes` come in their order, fewer threads and tasks first.
 * `doubt` says why the measurement itself cannot be trusted, if so: then none.
 */
export function advise(modes: readonly ComparedMode[], ratioOf: RatioOf, doubt: string | undefined): Advice {
  if (doubt !== undefined) return { kind: "none", reason: doubt };
  const fastest = modes.reduce((a, b) => b.ratio > a.ratio ? b : a);
  const isBeaten = ({ mode }: ComparedMode) => difference(ratioOf(mode, fastest.mode).interval) === "faster";
  const chosen = modes.find((one) => one === fastest || !isBeaten(one)) ?? fastest;
  const { mode, threads, tasks } = chosen;
  const speed = mode === "serial" ? "no mode is shown to be faster" : speedOf(chosen);
  const rest = chosen === fastest ? [] : [
    `${nameOf(fastest)} shows no difference to it (${rangeOf(ratioOf(mode, fastest.mode))}) and takes more`,
  ];
  return { kind: "use", cell: { mode, threads, tasks }, reason: [speed, ...rest].join("; ") };
}

function speedOf({ ratio, interval }: ComparedMode): string {
  const range = interval === null ? "" : ` (${formatInterval(interval)})`;
  return `${formatRatio(ratio)} as fast as serial${range}`;
}

function rangeOf({ interval }: Pick<RatioEstimate, "interval">): string {
  return formatInterval(endsOf(interval)) || "too few rounds";
}

function nameOf({ mode, threads, tasks }: ComparedMode): string {
  return `${mode} ${threads}×${tasks}`;
}
