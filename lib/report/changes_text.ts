import type { Against, ComparedMode, ModeChange } from "../model/comparison.ts";
import { cellName, type ChangeVerdict, modeName } from "../model/grid.ts";
import type { Ends } from "../model/interval.ts";
import { paintModes, verdictText } from "./modes_table.ts";
import { printableLine } from "./printable.ts";
import { reasonText } from "./reason_words.ts";
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

/** Two jobs that ran in the same modes, and how each mode changed. */
export interface Changed {
  readonly job: string;
  readonly against: Against;
  readonly modes: readonly ComparedMode[];
  readonly changes: readonly ModeChange[];
}

/** `job.ts at v1.2`: the old job, and the commit that it was taken from. */
export function oldName({ job, git }: Pick<Against, "job" | "git">): string {
  return printableLine(git === null ? job : `${job} at ${git.ref}`);
}

/** The columns of a change, given what three of them are called. */
export function changeColumns(cell: string, old: string, now: string): Column[] {
  return [left("MODE"), right(cell), left("VERDICT"), right(old), right(now), right("CHANGE"), right("95% CI")];
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
export function changesTable({ modes, changes }: Pick<Changed, "modes" | "changes">, style: Style): string[] {
  const rows = changes.map((change, i) => changeCells(change, modes[i]));
  const heads = [
    changeColumns("THREADS×TASKS", "OLD PER ITEM", "NEW PER ITEM"),
    changeColumns("N×K", "OLD", "NEW"),
  ] as const;
  return fittedTable(heads, rows, 3, style, paintModes(changes, style));
}

/** What changed, in sentences: first what is shown, mode by mode, then what is not, and why. */
export function changeLines({ job, against, changes }: Omit<Changed, "modes">): string[] {
  const [now, old] = [printableLine(job), oldName(against)];
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
    ...having("unclear").map(({ reason, ...cell }) => {
      const why = reason === null || reason.kind === "no-difference"
        ? `the interval is too wide for a margin of ${within}: try more rounds or a quieter machine`
        : reasonText(reason);
      return `→ No change is shown in ${modeName(cell)}, and none is ruled out: ${why}.`;
    }),
  ];
}

function itemTime({ itemsPerSecond }: ComparedMode): string {
  return formatDuration(1000 / itemsPerSecond);
}

/** The interval of a time where this is the interval of a speed, and the reverse. */
function inverse(interval: Ends | null): Ends | null {
  return interval === null ? null : [1 / interval[1], 1 / interval[0]];
}
