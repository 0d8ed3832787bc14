import { printable } from "../printable.ts";
import type { Column } from "../table.ts";

/**
 * A text as Markdown shows it, on one line: whatever it has in it is no markup there (GitHub Flavored Markdown; spec 0.29, 2.4: a
 * backslash before ASCII punctuation). The comments keep GitHub from taking @name and #1 for people and issues, which it looks for
 * behind escapes too.
 */
export function escaped(text: string): string {
  return oneLine(text)
    .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
    .replace(/[\\`*{}[\]|~$]|(?<!\w)_|_(?!\w)/g, "\\$&")
    .replace(/^[-+#=]/, "\\$&").replace(/^(\d+)([.)](?: |$))/, "$1\\$2")
    .replace(/([@#])(?=\w)/g, "$1<!-- -->");
}

/** A text as code, in a line or in a cell of a table. */
export function code(text: string, place: "line" | "cell" = "line"): string {
  const content = oneLine(text);
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const pad = /^`|`$|^ .* $/.test(content) ? " " : "";
  const span = `${fence}${pad}${content}${pad}${fence}`;
  return place === "cell" ? span.replaceAll("|", "\\|") : span;
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
