import type { Against, ComparedMode, ModeChange } from "../model/comparison.ts";
import { cellName, type ChangeVerdict, modeName } from "../model/grid.ts";
import type { Ends } from "../model/interval.ts";
import { maxRounds, neededRounds, type RoundsRun } from "../model/needed_rounds.ts";
import { paintModes, verdictText } from "./modes_table.ts";
import { reasonText } from "./reason_words.ts";
import { type Sides, sidesOf } from "./sides.ts";
import type { Style } from "./style.ts";
import { type Column, fittedTable, left, right } from "./table.ts";
import {
  formatChange,
  formatChangeInterval,
  formatDuration,
  formatInterval,
  formatRatio,
  formatShare,
} from "./units.ts";
import { listed, whole } from "./words.ts";

/** Two jobs that ran in the same modes, or one in two runtimes, and how each mode changed. */
export interface Changed {
  readonly job: string;
  readonly against: Against;
  readonly modes: readonly ComparedMode[];
  readonly changes: readonly ModeChange[];
}

/** The columns of a change, as wide as they can be, or narrow. */
export function changeColumns({ old, now }: Sides, width: "wide" | "narrow"): Column[] {
  const [cell, what] = width === "wide" ? ["THREADS×TASKS", " PER ITEM"] : ["N×K", ""];
  const [before, after] = [old, now].map(({ label }) => right(`${label.toUpperCase()}${what}`));
  return [left("MODE"), right(cell), left("VERDICT"), before, after, right("CHANGE"), right("95% CI")];
}

/** What stands in these columns, given how the new job did. */
export function changeCells(change: ModeChange, now: ComparedMode): string[] {
  return [
    change.mode,
    cellName(change),
    verdictText(change.verdict),
    itemTime(change.old),
    itemTime(now),
    formatChange(1 / change.ratio),
    formatChangeInterval(inverse(change.interval)),
  ];
}

/** How each mode changed, a row each: the time of an item in the old and the new job, and by how much it changed. */
export function changesTable({ job, against, modes, changes }: Changed, style: Style): string[] {
  const rows = changes.map((change, i) => changeCells(change, modes[i]));
  const sides = sidesOf({ job, against });
  const heads = [changeColumns(sides, "wide"), changeColumns(sides, "narrow")] as const;
  return fittedTable(heads, rows, 3, style, paintModes(changes, style));
}

/** What changed, in sentences: first what is shown, mode by mode, then what is not, and why; of runtimes, which to use. */
export function changeLines(
  { job, against, changes, rounds, elapsedMs }: Omit<Changed, "modes"> & Omit<RoundsRun, "margin">,
): string[] {
  const sides = sidesOf({ job, against });
  const [now, old] = [sides.now.name, sides.old.name];
  const isRuntimes = against.runtimes !== undefined;
  const having = (...verdicts: readonly ChangeVerdict[]) => changes.filter(({ verdict }) => verdicts.includes(verdict));
  const within = formatShare(against.margin);
  return [
    ...having("slower", "faster").map(({ ratio, interval, verdict, ...cell }) => {
      const [times, range] = verdict === "slower" ? [1 / ratio, inverse(interval)] : [ratio, interval];
      return `→ ${now} is ${formatRatio(times)} ${verdict} than ${old} in ${modeName(cell)} (${
        formatInterval(range)
      }).`;
    }),
    ...having("same").map((cell) => `→ ${now} is as fast as ${old} in ${modeName(cell)}, within ${within}.`),
    ...having("unclear").map((change) => {
      const { reason } = change;
      const why = reason === null || reason.kind === "no-difference"
        ? tooWideText(change, { rounds, elapsedMs, margin: against.margin })
        : reasonText(reason);
      return `→ No ${isRuntimes ? "difference" : "change"} is shown in ${
        modeName(change)
      }, and none is ruled out: ${why}.`;
    }),
    ...isRuntimes ? [runtimeAdvice(changes, sides)] : [],
  ];
}

/** Why an interval shows nothing, and how many rounds would. */
function tooWideText(change: ModeChange, run: RoundsRun): string {
  const wide = `the interval is too wide for a margin of ${formatShare(run.margin)}`;
  const needed = neededRounds(change, run);
  return needed === undefined
    ? `${wide}, and more than ${
      whole(maxRounds)
    } rounds or an hour would be needed: try another --margin or a quieter machine`
    : `${wide}: try ${whole(needed.rounds)} rounds or a quieter machine`;
}

/** Which runtime to use for which mode, or that no difference is shown. */
function runtimeAdvice(changes: readonly ModeChange[], { old, now }: Sides): string {
  const modes = (wanted: ChangeVerdict) => listed(changes.filter(({ verdict }) => verdict === wanted).map(modeName));
  const used = ([["faster", now.name], ["slower", old.name], ["same", "either"]] as const).flatMap(([verdict, which]) =>
    modes(verdict) === "" ? [] : [`${which} for ${modes(verdict)}`]
  );
  if (used.length === 0) return `→ No difference between ${old.name} and ${now.name} is shown, so none is advised.`;
  const rest = modes("unclear") === "" ? "" : `; no difference is shown in ${modes("unclear")}`;
  return `→ Use ${used.join(", ")}${rest}.`;
}

function itemTime({ itemsPerSecond }: ComparedMode): string {
  return formatDuration(1000 / itemsPerSecond);
}

/** The interval of a time where this is the interval of a speed, and the reverse. */
function inverse(interval: Ends | null): Ends | null {
  return interval === null ? null : [1 / interval[1], 1 / interval[0]];
}
