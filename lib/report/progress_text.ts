import { dim } from "./colors.ts";
import { printable } from "./printable.ts";
import type { Style } from "./style.ts";
import { textWidth } from "./table.ts";
import { eta } from "./words.ts";

/** What goes on, and how far it is. */
export interface Progressing {
  /** What runs: "round 7/12", "calibrating". */
  readonly what: string;
  /** From 0 to 1; undefined: unknown. Above 0, the bar, the percentage and the ETA follow. */
  readonly share?: number;
  /** What stands behind it, as it is. */
  readonly detail?: string;
  /** What stands behind that, the most important first. A part without room is left out, and so are those behind it. */
  readonly more?: readonly string[];
}

/** They turn, one step in each period of this many milliseconds. */
const frames = ["⠏", "⠹", "⠼", "⠧"];
const frameMs = 200;

/** Cells of the bar: there is no bar where there is no room for a short one. */
const minBar = 8;
const maxBar = 24;

/** What runs is not cut to less than this many columns while something behind it can be left out. */
const minWhat = 16;

/** A detail is not cut to less than this many columns, but left out. */
const minDetail = 8;

/** Columns that stay free: a terminal writes ^C there, and a character in the last one may break the line. */
const freeColumns = 3;

const gap = "  ";

/**
 * `⠹ round 7/12  ███████████░░░░░░░░░░░░░  47 %  ETA 9 s`: one line, at least 3 columns narrower than `width`, also when it is
 * turned into ASCII. The ETA follows from the share and the time that it took.
 */
export function progressText(
  { what, share = 0, detail = "", more = [] }: Progressing,
  elapsedMs: number,
  { width, color, unicode }: Style,
): string {
  const ellipsis = unicode ? "…" : "..";
  const clean = (text: string) => printable(text.replace(/[\t\n]/g, " ")).replaceAll("…", ellipsis);
  const cut = (text: string, columns: number) => textWidth(text) <= columns ? text : cutAt(text, columns, ellipsis);

  const name = clean(what);
  const frame = `${frames[Math.floor(elapsedMs / frameMs) % frames.length]} `;
  const room = Math.max(0, width - freeColumns - textWidth(frame));
  const done = Math.min(1, share);
  const numbers = done > 0 ? [`${Math.floor(100 * done)} %`, ...elapsedMs > 0 ? [eta(done, 1, elapsedMs)] : []] : [];

  const least = Math.min(textWidth(name), minWhat);
  let left = room - least; // for what stands behind
  const behind: string[] = [];
  for (const part of numbers) {
    if (left < gap.length + part.length) break;
    behind.push(gap + part);
    left -= gap.length + part.length;
  }
  const rest = clean(detail);
  const restRoom = left - gap.length;
  if (rest !== "" && behind.length === numbers.length && restRoom >= Math.min(textWidth(rest), minDetail)) {
    const shown = [cut(rest, restRoom), ...fitting(more.map(clean), restRoom - textWidth(rest))].join(gap);
    behind.push(gap + (color ? dim(shown) : shown));
    left -= gap.length + textWidth(shown);
  }
  const shownName = cut(name, left + least);
  const barRoom = left + least - textWidth(shownName) - gap.length;
  const bar = done > 0 && barRoom >= minBar ? gap + barText(done, Math.min(maxBar, barRoom), color) : "";
  return `${room > 0 ? frame : ""}${shownName}${bar}${behind.join("")}`;
}

/** The first of some parts, each with the gap in front of it, that fit into that many columns. */
function fitting(parts: readonly string[], columns: number): string[] {
  let left = columns;
  const first = parts.findIndex((part) => (left -= gap.length + textWidth(part)) < 0);
  return parts.slice(0, first === -1 ? undefined : first);
}

function barText(done: number, cells: number, color: boolean): string {
  const full = Math.floor(done * cells);
  const empty = "░".repeat(cells - full);
  return "█".repeat(full) + (color && empty !== "" ? dim(empty) : empty);
}

/** The start of a text and an ellipsis, in that many columns. */
function cutAt(text: string, columns: number, ellipsis: string): string {
  if (columns < ellipsis.length) return "";
  let start = "";
  let used = ellipsis.length;
  for (const character of text) {
    used += textWidth(character);
    if (used > columns) break;
    start += character;
  }
  return start.trimEnd() + ellipsis;
}
