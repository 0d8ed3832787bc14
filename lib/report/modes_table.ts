import { dim, green, red, yellow } from "./colors.ts";
import type { ComparedMode } from "../model/comparison.ts";
import { cellName } from "../model/grid.ts";
import { type CellMetrics, type Metric, metrics, type Unit } from "../model/metrics.ts";
import { modeColors } from "./mode_colors.ts";
import type { Style } from "./style.ts";
import { type Column, fittedTable, left, type Paint, right } from "./table.ts";
import { formatBytes, formatDuration, formatInterval, formatRatio, threeDigits } from "./units.ts";

const marks = { baseline: " ", faster: "✔", slower: "✘", same: "=", unclear: "≈" } as const;
const plain = (text: string) => text;
const verdictColors = { baseline: dim, faster: green, slower: red, same: plain, unclear: yellow } as const;

const formats: Readonly<Record<Unit, (value: number) => string>> = {
  ms: formatDuration,
  bytes: formatBytes,
  "items/s": threeDigits,
  switches: threeDigits,
};

/** The metrics that have a column, in the order of their table. */
const shown = Object.entries<Metric>(metrics).flatMap(([name, { title, unit }]) =>
  title === undefined ? [] : [{ title, unit, of: (mode: CellMetrics) => mode[name as keyof CellMetrics] }]
);

/** `✔ faster` */
export function verdictText(verdict: ComparedMode["verdict"]): string {
  return `${marks[verdict]} ${verdict}`;
}

/** What colours the first column of such rows by their mode, and the third one by their verdict. */
export function paintModes(rows: readonly Pick<ComparedMode, "mode" | "verdict">[], { color }: Style): Paint {
  return (cell, column, row) => {
    if (!color || row < 0) return cell;
    const { mode, verdict } = rows[row];
    if (column === 0) return modeColors[mode](cell);
    return column === 2 ? verdictColors[verdict](cell) : cell;
  };
}

/** The columns of the table, given what two of them are called. */
export function modesColumns(cell: string, ratio: string): readonly Column[] {
  return [
    left("MODE"),
    right(cell),
    left("VERDICT"),
    ...shown.slice(0, 1).map(({ title }) => right(title)), // speed comes before the ratio, all else behind it
    right(ratio),
    right("95% CI"),
    ...shown.slice(1).map(({ title }) => right(title)),
  ];
}

/** The texts of these columns for a mode. */
export function modeCells(mode: ComparedMode): string[] {
  const values = shown.map(({ of, unit }) => {
    const value = of(mode);
    return value === null ? "–" : formats[unit](value);
  });
  return [
    mode.mode,
    cellName(mode),
    verdictText(mode.verdict),
    values[0],
    formatRatio(mode.ratio),
    formatInterval(mode.interval),
    ...values.slice(1),
  ];
}

/** Cells of the grid with their verdicts and metrics, a row each. */
export function modesTable(modes: readonly ComparedMode[], style: Style): string[] {
  const cells = modes.map((mode) => modeCells(mode));
  const heads = [modesColumns("THREADS×TASKS", "VS SERIAL"), modesColumns("N×K", "RATIO")] as const;
  return fittedTable(heads, cells, 3, style, paintModes(modes, style));
}
