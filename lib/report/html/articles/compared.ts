/** What comparisons of modes and of jobs share, and runs too. */
import type { Strip } from "../charts/strip.ts";
import { type Markup, markup } from "../markup.ts";
import { aboutRuns, runsFigure } from "../runs.ts";
import { section } from "../section.ts";

/** All runs; nothing where there are none. */
export function everyRun(strips: readonly Strip[], id: string): Markup[] {
  return strips.length === 0
    ? []
    : [section("Every run", aboutRuns, runsFigure(`${id}-runs`, "Time of a run", strips))];
}

/** The command line to go on with. */
export function nextSection(next: string | null): Markup[] {
  return next === null ? [] : [section("Next", "", markup`<pre>${next}</pre>`)];
}

/** A line of text without the mark that it begins with. */
export function withoutMark(line: string): string {
  return line.replace(/^[!→] /, "");
}
