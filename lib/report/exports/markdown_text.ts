import { printable } from "../printable.ts";
import type { Column } from "../table.ts";

/**
 * A text as Markdown shows it, on one line: whatever it has in it is no markup there (GitHub Flavored Markdown; spec 0.29, 2.4: a
 * backslash before ASCII punctuation). The comments keep GitHub from taking @name and #1 for people and issues, which it looks for
 * behind escapes too.
 */
export function escaped(text: string): string {
  return cell(text).replace(/^[-+#=]/, "\\$&").replace(/^(\d+)([.)](?: |$))/, "$1\\$2");
}

/** The same in a cell, where no list and no heading can begin. */
export function cell(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replace(/[\\`*{}[\]|~$]|(?<!\w)_|_(?!\w)/g, "\\$&")
    .replace(/([@#])(?=\w)/g, "$1<!-- -->");
}

/** A text as code. Not for cells: no code there can have a backslash before a bar. */
export function code(text: string): string {
  const content = oneLine(text);
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(content) ? " " : "";
  return `${fence}${pad}${content}${pad}${fence}`;
}

function oneLine(text: string): string {
  return printable(text).replace(/[\t\n]+/g, " ");
}

/** A table, as GitHub shows it (spec 0.29, 4.10). The cells are Markdown already. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  const lines = [
    columns.map(({ title }) => title),
    columns.map(({ align }) => align === "left" ? "---" : "--:"),
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.map((cell) => cell.trim() || " ").join(" | ")} |\n`).join("");
}

/** A list: what our texts begin with, or are set off by, is left out. */
export function bullets(lines: readonly string[]): string {
  return lines.map((line) => line.trim()).filter((line) => line !== "").map((line) =>
    `- ${line.startsWith("tandem ") ? code(line) : escaped(line)}\n`
  ).join("");
}
