import { dim, green, red, yellow } from "./colors.ts";
import type { Comparison, Summary, Verdict } from "../model/claim.ts";
import type { Control } from "../model/comparison.ts";
import type { Mode } from "../model/grid.ts";
import { modeColors } from "./mode_colors.ts";
import type { Style } from "./style.ts";
import { type Column, fittedTable } from "./table.ts";
import { formatDuration, formatInterval, formatRatio, threeDigits } from "./units.ts";
import { cellName, modeName, placeText, plural, type Setting } from "./words.ts";

/** One judged claim. */
export interface ClaimRow {
  readonly id: string;
  readonly sentence: string;
  readonly effect: Comparison;
  readonly verdict: Verdict;
}

/** What is known before anything is measured. */
export interface ClaimsHead extends Setting {
  readonly claims: number;
  readonly rounds: number;
  readonly seed: number;
}

const marks = { holds: "✔", fails: "✘", unclear: "≈", skipped: "–" } as const;
const verdictColors = { holds: green, fails: red, unclear: yellow, skipped: dim } as const;

/** What runs where: known, and written, before anything is measured. */
export function claimsHead(head: ClaimsHead): string {
  return `${placeText(head)}\n`;
}

/** How it was measured, and whether that can be trusted. */
export function suiteLine({ claims, rounds, seed }: ClaimsHead, control: Control): string {
  const parts = [
    plural(claims, "claim"),
    `${plural(rounds, "shuffled round")} each`,
    `seed ${seed}`,
    `A/A control ${formatRatio(control.ratio)} ${formatInterval(control.interval)}`.trimEnd(),
  ];
  return `${parts.join(" · ")}\n\n`;
}

/** The claims with their verdicts; times are medians. */
export function claimsTable(
  rows: readonly ClaimRow[],
  medianOf: (effect: Comparison, mode: Mode) => number,
  style: Style,
): string {
  const columns: Column[] = [
    { title: "VERDICT", align: "left" },
    { title: "CLAIM", align: "left" },
    { title: "BASELINE", align: "right" },
    { title: "MODE", align: "right" },
    { title: "EFFECT", align: "right" },
    { title: "95% CI", align: "right" },
  ];
  const cells = rows.map(({ sentence, effect, verdict }) => [
    `${marks[verdict.word]} ${verdict.word}`,
    sentence,
    `${effect.baseline} ${formatDuration(medianOf(effect, effect.baseline))}`,
    `${effect.mode} ${formatDuration(medianOf(effect, effect.mode))}`,
    formatRatio(effect.ratio),
    formatInterval(effect.interval),
  ]);
  const paint = (cell: string, column: number, row: number) =>
    style.color && row >= 0 && column === 0 ? verdictColors[rows[row].verdict.word](cell) : cell;
  return `${fittedTable([columns], cells, 2, style, paint).join("\n")}\n\n`;
}

/** Every experiment in every mode. */
export function modesTable(
  summaries: readonly Summary[],
  versusSerial: (summary: Summary) => Comparison,
  style: Style,
): string {
  const columns: Column[] = [
    { title: "WORK", align: "left" },
    { title: "MODE", align: "left" },
    { title: "THREADS×TASKS", align: "right" },
    { title: "MEDIAN", align: "right" },
    { title: "ITEMS/S", align: "right" },
    { title: "VS SERIAL", align: "right" },
    { title: "95% CI", align: "right" },
  ];
  const cells = summaries.map((summary) => {
    const { experiment, cell, medianMs, itemsPerSecond } = summary;
    const effect = versusSerial(summary);
    const serial = cell.mode === "serial";
    return [
      experiment,
      cell.mode,
      cellName(cell),
      formatDuration(medianMs),
      threeDigits(itemsPerSecond),
      serial ? "1.00×" : formatRatio(effect.ratio),
      serial ? "" : formatInterval(effect.interval),
    ];
  });
  const paint = (cell: string, column: number, row: number) =>
    style.color && row >= 0 && column === 1 ? modeColors[summaries[row].cell.mode](cell) : cell;
  return `${fittedTable([columns], cells, 3, style, paint).join("\n")}\n\n`;
}

/** The rounds that were run, if they are fewer than were asked for. */
export function stoppedText(rounds: number, planned: number): string {
  return rounds < planned ? `! only ${rounds} of ${plural(planned, "round")} were run: it was stopped.\n` : "";
}

/** How many verdicts of each kind, why some claims do not hold (each reason once), and what to do next. */
export function claimsEnd(rows: readonly ClaimRow[], elapsedMs: number): string {
  const words = ["holds", "fails", "unclear", "skipped"] as const;
  const counts = words
    .map((word) => ({ word, count: rows.filter(({ verdict }) => verdict.word === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${count > 1 ? word.replace(/^(hold|fail)s$/, "$1") : word}`);
  const open = Map.groupBy(rows.filter(({ verdict }) => verdict.word !== "holds"), ({ verdict }) => verdict.reason);
  const reasons = [...open].map(([reason, alike]) => {
    const about = alike.length === 1 ? `"${alike[0].sentence}"` : plural(alike.length, "claim");
    return `  ${about}: ${reason}\n    tandem explain ${alike.map(({ id }) => id).join(" ")}\n`;
  });
  return `${counts.join(", ")}   ${formatDuration(elapsedMs)}\n${reasons.join("")}`;
}

/** The mode to use for each kind of work; or why there is no advice, as the end of a sentence. */
export function adviceText(advice: { readonly best: readonly Summary[] } | { readonly reason: string }): string {
  if ("reason" in advice) return `No advice: ${advice.reason}.\n`;
  const parts = advice.best.map(({ experiment, cell }) => `${experiment}: ${modeName(cell)}`);
  return `Use here: ${parts.join(" · ")}\n`;
}
