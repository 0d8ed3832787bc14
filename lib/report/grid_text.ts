import { bold } from "./colors.ts";
import type { ComparedMode, Grid } from "../model/comparison.ts";
import type { Style } from "./style.ts";
import { formatRatio } from "./units.ts";
import { cellName } from "../model/grid.ts";
import { pluralIs } from "./words.ts";

/** From the slowest cell to the fastest. */
const shades = [" ", "░", "▒", "▓", "█"] as const;

/**
 * A sweep as a heat map: a row for each number of threads, a column for each number of tasks, and in each cell how many times less
 * time than serial it took. The shade is on a logarithmic scale from the slowest to the fastest.
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
  const width = Math.max(...texts.flat().map(({ text }) => text.length), ...tasks.map((column) => `${column}`.length)) +
    1;
  const label = Math.max("THREADS".length, ...threads.map((row) => `${row}`.length));
  const head = `${"THREADS".padEnd(label)}  ${tasks.map((column) => `${column}`.padStart(width + 2)).join("")}  TASKS`;
  const rows = texts.map((row, i) => {
    const line = row.map(({ cell, text }) => {
      if (cell === undefined) return " ".repeat(width + 2);
      const shade = shadeOf(cell).repeat(2);
      const padded = text.padStart(width);
      return `${shade}${style.color && isBest(cell) ? bold(padded) : padded}`;
    });
    return `${`${threads[i]}`.padStart(label)}  ${line.join("")}`;
  });
  return [head, ...rows, bestText({ cells, best, asGood })];
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
