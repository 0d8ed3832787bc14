import type { Column } from "../table.ts";
import { type Content, type Markup, markup, nothing } from "./markup.ts";

/**
 * A table with its caption. It scrolls by itself where it is wider than the page. The first column names the row. End tags that
 * HTML allows to omit are omitted: a page has thousands of cells.
 */
export function table(caption: string, columns: readonly Column[], rows: readonly (readonly Content[])[]): Markup {
  const look = columns.map(({ align }, i) => i > 0 && align === "left" ? markup` class="w"` : nothing);
  const head = columns.map(({ title }, i) => markup`<th${look[i]}>${title}`);
  const body = rows.map((row) =>
    markup`<tr>${row.map((cell, i) => i === 0 ? markup`<th>${cell}` : markup`<td${look[i]}>${cell}`)}`
  );
  const whole = markup`<table><caption>${caption}</caption><thead><tr>${head}<tbody>${body}</table>`;
  return markup`<div class="scroll" role="region" aria-label="${caption}" tabindex="0">${whole}</div>`;
}

/** The same behind a line that opens it. */
export function foldedTable(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Content[])[],
): Markup {
  return markup`<details><summary>${caption}</summary>${table(caption, columns, rows)}</details>`;
}
