import { eastAsianWidth } from "get-east-asian-width";
import type { Style } from "./style.ts";
import { wrapWords } from "./wrap.ts";

/** A column: its title, and which side its cells keep to. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

/** A column of words. */
export const left = (title: string): Column => ({ title, align: "left" });

/** A column of numbers. */
export const right = (title: string): Column => ({ title, align: "right" });

/** What colours a cell of a row; it must not change its width. The titles are row -1. */
export type Paint = (cell: string, column: number, row: number) => string;

/** Columns on a terminal that a text takes; wide characters take two. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += eastAsianWidth(character.codePointAt(0) ?? 0);
  return width;
}

/** Rows under their titles, two blanks apart. `paint` may colour a padded cell; it must not change its width. */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: Paint = (cell) => cell,
): string[] {
  const widths = columns.map(({ title }, i) => Math.max(textWidth(title), ...rows.map((row) => textWidth(row[i]))));
  const line = (cells: readonly string[], row: number) =>
    cells.map((cell, i) => {
      const { align } = columns[i];
      const isLast = align === "left" && i === columns.length - 1; // no line ends in blanks, painted or not
      const gap = " ".repeat(isLast ? 0 : widths[i] - textWidth(cell));
      return paint(align === "left" ? cell + gap : gap + cell, i, row);
    }).join("  ").trimEnd();
  return [line(columns.map(({ title }) => title), -1), ...rows.map(line)];
}

/** Rows need this many columns of a terminal; on a narrower one each takes two lines. */
export const minWidth = 72;

/**
 * Rows as they fit: under the first of some heads with which all lines fit. On a narrow terminal, or where none fits, each row takes
 * two lines or more: `first` cells, and below them the rest with the titles of the last head.
 */
export function fittedTable(
  heads: readonly [readonly Column[], ...(readonly Column[])[]],
  rows: readonly (readonly string[])[],
  first: number,
  style: Style,
  paint: Paint = (cell) => cell,
): string[] {
  const fits = (head: readonly Column[]) => table(head, rows).every((line) => textWidth(line) <= style.width);
  const head = style.width < minWidth ? undefined : heads.find(fits);
  return head === undefined
    ? rows.flatMap((row, i) =>
      narrowRow(heads[heads.length - 1], row, first, style.width, (cell, c) => paint(cell, c, i))
    )
    : table(head, rows, paint);
}

/** A row for a narrow terminal. A cell with nothing in it is left out below. */
function narrowRow(
  columns: readonly Column[],
  row: readonly string[],
  first: number,
  width: number,
  paint: (cell: string, column: number) => string,
): string[] {
  const last = first - 1;
  const lead = row.slice(0, last).map((cell, i) => `${paint(cell, i)}  `).join("");
  const leadWidth = row.slice(0, last).reduce((sum, cell) => sum + textWidth(cell) + 2, 0);
  const [begin, ...more] = textWidth(row[last]) <= width - leadWidth
    ? [row[last]]
    : wrapWords(row[last], width - leadWidth);
  const below = row.slice(first).flatMap((cell, i) => {
    const title = columns[first + i].title.toLowerCase().replace(/ci$/, "CI");
    return cell === "" || cell === "–"
      ? []
      : [{ plain: `${title} ${cell}`, text: `${title} ${paint(cell, first + i)}` }];
  });
  return [
    lead + paint(begin, last),
    ...more.map((words) => " ".repeat(leadWidth) + paint(words, last)),
    ...joinedParts(below, width - 4).map((line) => `    ${line}`),
  ];
}

/** Parts with commas between, in lines of at most `width` columns; no line ends within a part. */
export function joinedParts(
  parts: readonly { readonly plain: string; readonly text: string }[],
  width: number,
): string[] {
  const lines: string[] = [];
  let left = 0;
  for (const [i, { plain, text }] of parts.entries()) {
    const comma = i === parts.length - 1 ? "" : ",";
    const needed = textWidth(plain) + comma.length;
    const isNext = lines.length > 0 && left >= needed + 1;
    if (isNext) lines[lines.length - 1] += ` ${text}${comma}`;
    else lines.push(text + comma);
    left = (isNext ? left - 1 : width) - needed;
  }
  return lines;
}
