import type { DiffAnswer, DiffMeasure, DiffReason, DiffResult, DiffRow, DiffSide } from "../model/diff.ts";
import type { Document } from "../model/document.ts";
import { dim, green, red, yellow } from "./colors.ts";
import { compact } from "./quantity_text.ts";
import { printableLine } from "./printable.ts";
import { reasonText } from "./reason_words.ts";
import type { Style } from "./style.ts";
import { type Column, fittedTable, left, minWidth, right } from "./table.ts";
import { formatBytes, formatChange, formatChangeInterval, formatDuration, formatShare } from "./units.ts";
import { listed, momentText, plural } from "./words.ts";
import { asText, wrapLines } from "./wrap.ts";

const marks = {
  regressed: "✘",
  improved: "✔",
  "within-noise": "=",
  unclear: "≈",
  new: "+",
  gone: "–",
} as const satisfies Readonly<Record<DiffAnswer, string>>;

const plain = (text: string) => text;
const colors = {
  regressed: red,
  improved: green,
  "within-noise": plain,
  unclear: yellow,
  new: dim,
  gone: dim,
} as const satisfies Readonly<Record<DiffAnswer, (text: string) => string>>;

/** The text of a comparison of two documents: where they come from, a row for each thing that was measured, and what it shows. */
export function diffText({ result }: Document<"diff">, style: Style): string {
  const { of, job, rows } = result;
  const paint = (cell: string, column: number, row: number) =>
    style.color && row >= 0 && column === 0 ? colors[rows[row].answer](cell) : cell;
  const prose = (lines: readonly string[]) => wrapLines(lines, style.width);
  const cells = rows.map((row) => diffCells(row, of));
  const table = fittedTable([diffColumns(result)], cells, 2, style, paint);
  return asText([
    ...prose([
      `diff of ${of}${job === null ? "" : ` ${printableLine(job)}`}`,
      `before  ${sideText(result.before)}`,
      `after   ${sideText(result.after)}`,
      ...diffWarnings(result),
    ]),
    "",
    ...style.width < minWidth ? prose(table) : table,
    "",
    ...prose(diffFindings(result)),
  ]);
}

/** `2026-11-27 01:04 UTC · tandem 0.1.0 · deno 2.9.6 · AMD EPYC, 2 cores` */
export function sideText({ startedAt, version, deno, cpu, usableCores }: DiffSide): string {
  const place = [momentText(startedAt), `tandem ${version}`, `deno ${deno}`, `${cpu}, ${plural(usableCores, "core")}`];
  return printableLine(place.join(" · "));
}

/** That they differ in more than what was measured. */
export function diffWarnings({ differs }: DiffResult): string[] {
  if (differs.length === 0) return [];
  const parts = differs.map((part) => part === "job" ? "the job's code" : `the ${part}`);
  return [`! They also differ in ${listed(parts)}: a difference may come from that.`];
}

/** The columns of the table. */
export function diffColumns({ of }: DiffResult): readonly Column[] {
  const name = { compare: "MODE", claims: "CLAIM", scale: "KIND" }[of];
  return [
    left("ANSWER"),
    left(name),
    ...isMixed(of) ? [left("OF")] : [],
    right("BEFORE"),
    right("AFTER"),
    right("CHANGE"),
    right("95% CI"),
  ];
}

/** Whether rows are of several measures, and say which. */
function isMixed(of: DiffResult["of"]): boolean {
  return of === "scale";
}

const measureWords: Readonly<Record<DiffMeasure, string>> = {
  time: "time",
  memory: "memory",
  start: "start",
  effect: "effect",
};

/** The texts of these columns. */
export function diffCells(
  { name, measure, before, after, ratio, interval, answer }: DiffRow,
  of: DiffResult["of"],
): string[] {
  return [
    `${marks[answer]} ${answerWord(answer)}`,
    printableLine(name),
    ...isMixed(of) ? [measureWords[measure]] : [],
    valueText(before, measure),
    valueText(after, measure),
    ratio === null ? "" : formatChange(ratio),
    formatChangeInterval(interval),
  ];
}

function answerWord(answer: DiffAnswer): string {
  return answer.replace("-", " ");
}

function valueText(value: number | null, measure: DiffMeasure): string {
  if (value === null) return "–";
  if (measure === "memory") return formatBytes(Math.round(value));
  return measure === "effect" ? `${compact(value)}×` : formatDuration(value);
}

/** How many rows have each answer, and why some are unclear. */
export function diffFindings({ of, counts, margin, rows }: DiffResult): string[] {
  const said = (Object.keys(marks) as DiffAnswer[]).filter((answer) => counts[answer] > 0)
    .map((answer) => `${counts[answer]} ${answerWord(answer)}`);
  const nameOf = ({ name, measure }: DiffRow) =>
    isMixed(of) ? `${measureWords[measure]} ${printableLine(name)}` : printableLine(name);
  const reasons = rows.flatMap((row) =>
    row.reason === null ? [] : [{ name: nameOf(row), reason: reasonOf(row.reason, margin), answer: row.answer }]
  );
  const alike = [...Map.groupBy(reasons, ({ reason, answer }) => `${marks[answer]} ${reason}`)];
  return [
    `${said.join(", ") || "nothing to compare"} · margin ${formatShare(margin)}`,
    ...alike.map(([, group]) => {
      const [{ name, reason, answer }] = group;
      return `  ${marks[answer]} ${group.length === 1 ? name : plural(group.length, "row")}: ${reason}`;
    }),
  ];
}

function reasonOf(reason: DiffReason, margin: number): string {
  switch (reason.kind) {
    case "crosses-margin":
      return `the interval crosses the margin of ${formatShare(margin)}: more --rounds make it narrower`;
    case "verdicts":
      return reason.before === reason.after
        ? `its verdict is still ${reason.after}`
        : `its verdict was ${reason.before} and is ${reason.after}`;
    case "no-number":
      return "there is no number to compare";
    default:
      return reasonText(reason);
  }
}
