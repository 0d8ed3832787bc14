import { cyan, dim, green, magenta, red, yellow } from "./colors.ts";
import { encode } from "./encode.ts";
import type { Comparison, Machine, Mode, Summary, Verdict } from "../model.ts";
import type { Style } from "./style.ts";
import { type Column, narrowTable, table } from "./table.ts";
import { formatBytes, formatDuration, formatRatio, threeDigits } from "./units.ts";

/** One judged claim. */
export interface ClaimRow {
  readonly id: string;
  readonly sentence: string;
  readonly effect: Comparison;
  readonly verdict: Verdict;
}

/** What is known before anything is measured. */
export interface ClaimsHead {
  readonly version: string;
  readonly deno: string;
  readonly machine: Machine;
  readonly claims: number;
  readonly rounds: number;
  readonly seed: number;
}

const marks = { holds: "✔", fails: "✘", unclear: "≈", skipped: "–" } as const;
const plainMarks = { holds: "+", fails: "x", unclear: "~", skipped: "-" } as const;
const verdictColors = { holds: green, fails: red, unclear: yellow, skipped: dim } as const;
const modeColors: Readonly<Record<Mode, (text: string) => string>> = {
  serial: (text) => text,
  tasks: cyan,
  threads: yellow,
  both: magenta,
};

/** Two lines: what runs where, and how it is measured. */
export function claimsHead({ version, deno, machine, claims, rounds, seed }: ClaimsHead, style: Style): string {
  const free = formatBytes(machine.freeBytes);
  const first = [
    `tandem ${version}`,
    `deno ${deno}`,
    `${machine.os} ${machine.arch}`,
    `${machine.cpu}, ${machine.usableCores} cores`,
    `${free} free`,
  ];
  const second = [
    `${claims} claim${claims === 1 ? "" : "s"}`,
    `${rounds} shuffled round${rounds === 1 ? "" : "s"} each`,
    `seed ${seed}`,
    "medians",
  ];
  return encode(`${first.join(" · ")}\n${second.join(" · ")}\n\n`, style);
}

/** The claims with their verdicts. A range is that of all rounds. */
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
    { title: "RANGE", align: "right" },
  ];
  const cells = rows.map(({ sentence, effect, verdict }) => [
    `${(style.unicode ? marks : plainMarks)[verdict.word]} ${verdict.word}`,
    sentence,
    `${effect.baseline} ${formatDuration(medianOf(effect, effect.baseline))}`,
    `${effect.mode} ${formatDuration(medianOf(effect, effect.mode))}`,
    formatRatio(effect.ratio),
    range(effect),
  ]);
  const paint = (cell: string, column: number, row: number) =>
    style.color && row >= 0 && column === 0 ? verdictColors[rows[row].verdict.word](cell) : cell;
  return lines(columns, cells, 2, paint, style);
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
    { title: "RANGE", align: "right" },
  ];
  const cells = summaries.map((summary) => {
    const { experiment, cell, medianMs, itemsPerSecond } = summary;
    const effect = versusSerial(summary);
    const serial = cell.mode === "serial";
    return [
      experiment,
      cell.mode,
      `${cell.threads}×${cell.tasks}`,
      formatDuration(medianMs),
      threeDigits(itemsPerSecond),
      serial ? "1.00×" : formatRatio(effect.ratio),
      serial ? "" : range(effect),
    ];
  });
  const paint = (cell: string, column: number, row: number) =>
    style.color && row >= 0 && column === 1 ? modeColors[summaries[row].cell.mode](cell) : cell;
  return lines(columns, cells, 3, paint, style);
}

/** How many verdicts of each kind, the reasons of those that do not hold, and what to do next. */
export function claimsEnd(rows: readonly ClaimRow[], elapsedMs: number, style: Style): string {
  const words = ["holds", "fails", "unclear", "skipped"] as const;
  const counts = words
    .map((word) => ({ word, count: rows.filter(({ verdict }) => verdict.word === word).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${count > 1 ? word.replace(/^(hold|fail)s$/, "$1") : word}`);
  const reasons = rows
    .filter(({ verdict }) => verdict.word !== "holds")
    .map(({ id, sentence, verdict }) => `  "${sentence}": ${verdict.reason}\n    tandem explain ${id}\n`);
  return encode(`${counts.join(", ")}   ${formatDuration(elapsedMs)}\n${reasons.join("")}`, style);
}

/**
 * The mode to use for each kind of work: the one with the fewest threads and tasks that the fastest is not shown to beat,
 * which it does if it is more than 2 % faster in every round.
 */
export function advice(
  summaries: readonly Summary[],
  against: (baseline: Summary, mode: Summary) => Comparison,
  style: Style,
): string {
  const kinds = [...new Set(summaries.map(({ experiment }) => experiment))];
  const best = kinds.map((kind) => {
    const own = summaries.filter(({ experiment }) => experiment === kind);
    const fastest = own.reduce((a, b) => b.medianMs < a.medianMs ? b : a);
    const use = own.find((one) => one === fastest || against(one, fastest).lowest <= 1.02) ?? fastest;
    return `${kind}: ${use.cell.mode} ${use.cell.threads}×${use.cell.tasks}`;
  });
  return encode(`Use here: ${best.join(" · ")}\n`, style);
}

function lines(
  columns: readonly Column[],
  cells: readonly (readonly string[])[],
  first: number,
  paint: (cell: string, column: number, row: number) => string,
  style: Style,
): string {
  const rendered = style.width < 72 ? narrowTable(columns, cells, first) : table(columns, cells, paint);
  return encode(`${rendered.join("\n")}\n\n`, style);
}

function range({ lowest, highest }: Comparison): string {
  return `${threeDigits(lowest)}…${threeDigits(highest)}`;
}
