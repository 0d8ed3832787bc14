import { bold } from "./colors.ts";
import type { ComparedMode, Grid } from "../model/comparison.ts";
import type { Style } from "./style.ts";
import { formatRatio } from "./units.ts";
import { cellName } from "../model/grid.ts";
import { pluralIs } from "./words.ts";
import { wrapLines } from "./wrap.ts";

/** From the slowest cell to the fastest. */
const shades = [" ", "░", "▒", "▓", "█"] as const;

/**
 * A sweep as a heat map: a row for each number of threads, a column for each number of tasks, and in each cell how many times less
 * time than serial it took, behind its shade: on a logarithmic scale from the slowest to the fastest. Columns without room go below.
 */
export function gridText({ threads, tasks, cells, best, asGood }: Grid, style: Style): string[] {
  const logs = cells.map(({ ratio }) => Math.log(ratio));
  const [lowest, highest] = [Math.min(...logs), Math.max(...logs)];
  const shadeOf = ({ ratio }: ComparedMode) => {
    const place = highest > lowest ? (Math.log(ratio) - lowest) / (highest - lowest) : 0;
    return shades[Math.min(4, Math.floor(5 * place))];
  };
  const cellAt = (row: number, column: number) => cells.find((cell) => cell.threads === row && cell.tasks === column);
  const isBest = (cell: ComparedMode) => cell.threads === best.threads && cell.tasks === best.tasks;
  const texts = threads.map((row) =>
    tasks.map((column) => cellAt(row, column)).map((cell) => ({ cell, text: textOf(cell) }))
  );
  const width = Math.max(...texts.flat().map(({ text }) => text.length), ...tasks.map((column) => `${column}`.length));
  const label = Math.max("THREADS".length, ...threads.map((row) => `${row}`.length));
  const cellText = ({ cell, text }: typeof texts[number][number]) => {
    if (cell === undefined) return " ".repeat(width + 2);
    const padded = text.padStart(width);
    return `${shadeOf(cell).repeat(2)}${style.color && isBest(cell) ? bold(padded) : padded}`;
  };
  /** The columns from one place to another. */
  const block = (from: number, to: number) => {
    const titles = tasks.slice(from, to).map((column) => `  ${`${column}`.padStart(width + 2)}`).join("");
    const rows = texts.map((row, i) =>
      `${threads[i]}`.padStart(label) + row.slice(from, to).map((cell) => `  ${cellText(cell)}`).join("")
    );
    return [`${"THREADS".padEnd(label)}${titles}  TASKS`, ...rows.map((row) => row.trimEnd())];
  };
  const perBlock = Math.max(1, Math.floor((style.width - label - "  TASKS".length) / (width + 4)));
  const starts = tasks.map((_, i) => i).filter((i) => i % perBlock === 0);
  return [
    ...starts.flatMap((from) => block(from, from + perBlock)),
    ...wrapLines([bestText({ cells, best, asGood })], style.width),
  ];
}

/** Which cell is the fastest, and how many others may be as fast. */
export function bestText({ cells, best, asGood }: Pick<Grid, "cells" | "best" | "asGood">): string {
  const found = cells.find(({ threads, tasks }) => threads === best.threads && tasks === best.tasks);
  const speed = found === undefined || found.verdict === "baseline"
    ? "serial"
    : `${formatRatio(found.ratio)} serial's speed`;
  const others = asGood === 0
    ? "every other cell is shown to be slower"
    : `${pluralIs(asGood, "other cell")} not shown to be slower`;
  return `Best cell: ${cellName(best)}, ${speed}; ${others}.`;
}

function textOf(cell: ComparedMode | undefined): string {
  return cell === undefined ? "" : formatRatio(cell.ratio);
}
