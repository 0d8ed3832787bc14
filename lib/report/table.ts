import { eastAsianWidth } from "get-east-asian-width";
import type { Style } from "./style.ts";

/** A column: its title, and which side its cells keep to. */
export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
}

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
  paint: (cell: string, column: number, row: number) => string = (cell) => cell,
): string[] {
  const widths = columns.map(({ title }, i) => Math.max(textWidth(title), ...rows.map((row) => textWidth(row[i]))));
  const line = (cells: readonly string[], row: number) =>
    cells.map((cell, i) => {
      const gap = " ".repeat(widths[i] - textWidth(cell));
      return paint(columns[i].align === "left" ? cell + gap : gap + cell, i, row);
    }).join("  ").trimEnd();
  return [line(columns.map(({ title }) => title), -1), ...rows.map(line)];
}

/** Rows need this many columns of a terminal; on a narrower one each takes two lines. */
export const minWidth = 72;

/**
 * Rows as they fit: under the first of some heads with which all lines fit, or else the last; on a narrow terminal two
 * lines for each row, the first line with `first` cells. `paint` colours as in `table`, but not on a narrow terminal.
 */
export function fittedTable(
  heads: readonly [readonly Column[], ...(readonly Column[])[]],
  rows: readonly (readonly string[])[],
  first: number,
  style: Style,
  paint?: (cell: string, column: number, row: number) => string,
): string[] {
  if (style.width < minWidth) return narrowTable(heads[0], rows, first);
  const fits = (head: readonly Column[]) => table(head, rows).every((line) => textWidth(line) <= style.width);
  return table(heads.find(fits) ?? heads[heads.length - 1], rows, paint);
}

/** The same for a narrow terminal: each row becomes its first cells on one line, and the rest, with titles, on the next. */
function narrowTable(columns: readonly Column[], rows: readonly (readonly string[])[], first: number): string[] {
  return rows.flatMap((row) => [
    row.slice(0, first).join("  "),
    `    ${
      row.slice(first).flatMap((cell, i) => cell === "" ? [] : [`${columns[first + i].title.toLowerCase()} ${cell}`])
        .join(", ")
    }`,
  ]);
}
