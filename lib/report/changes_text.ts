import type { Against, ComparedMode, ModeChange } from "../model/comparison.ts";
import { cellName, type ChangeVerdict, modeName } from "../model/grid.ts";
import type { Ends } from "../model/interval.ts";
import { green, red, yellow } from "./colors.ts";
import { modeColors } from "./mode_colors.ts";
import { printableLine } from "./printable.ts";
import { reasonText } from "./reason_words.ts";
import type { Style } from "./style.ts";
import { type Column, fittedTable } from "./table.ts";
import { formatChange, formatChangeInterval, formatDuration, formatInterval, formatRatio } from "./units.ts";

const marks = { faster: "✔", slower: "✘", same: "=", unclear: "≈" } as const;
const plain = (text: string) => text;
const colors = { faster: green, slower: red, same: plain, unclear: yellow } as const;

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

const left = (title: string): Column => ({ title, align: "left" });
const right = (title: string): Column => ({ title, align: "right" });

/** The columns of a change, given what three of them are called. */
export function changeColumns(cell: string, old: string, now: string): Column[] {
  return [left("MODE"), right(cell), left("VERDICT"), right(old), right(now), right("CHANGE"), right("95% CI")];
}

/** What stands in these columns, given how the new job did. */
export function changeCells(change: ModeChange, now: ComparedMode): string[] {
  return [
    change.mode,
    cellName(change),
    `${marks[change.verdict]} ${change.verdict}`,
    itemTime(change.old),
    itemTime(now),
    formatChange(1 / change.ratio),
    formatChangeInterval(inverse(change.interval)),
  ];
}

/** How each mode changed, a row each: the time of an item in the old and the new job, and by how much it changed. */
export function changesTable({ modes, changes }: Pick<Changed, "modes" | "changes">, style: Style): string[] {
  const rows = changes.map((change, i) => changeCells(change, modes[i]));
  const paint = (cell: string, column: number, row: number) => {
    if (!style.color || row < 0) return cell;
    const { mode, verdict } = changes[row];
    if (column === 0) return modeColors[mode](cell);
    return column === 2 ? colors[verdict](cell) : cell;
  };
  const heads = [
    changeColumns("THREADS×TASKS", "OLD PER ITEM", "NEW PER ITEM"),
    changeColumns("N×K", "OLD", "NEW"),
  ] as const;
  return fittedTable(heads, rows, 3, style, paint);
}

/** What changed, in sentences: first what is shown, mode by mode, then what is not, and why. */
export function changeLines({ job, against, changes }: Omit<Changed, "modes">): string[] {
  const [now, old] = [printableLine(job), oldName(against)];
  const having = (...verdicts: readonly ChangeVerdict[]) => changes.filter(({ verdict }) => verdicts.includes(verdict));
  const within = `${percentOf(against.margin)} %`;
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

/** `2`, `0.5`: a share in percent. */
function percentOf(share: number): number {
  return Number((100 * share).toPrecision(3));
}
