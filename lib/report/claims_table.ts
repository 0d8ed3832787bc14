import type { JudgedClaim } from "../model/claim.ts";
import { dim, green, red, yellow } from "./colors.ts";
import { printableLine } from "./printable.ts";
import { compact, shortQuantityText } from "./quantity_text.ts";
import type { Style } from "./style.ts";
import { joinedParts } from "./table.ts";
import { wrapWords } from "./wrap.ts";

export const marks = { holds: "✔", fails: "✘", unclear: "≈", skipped: "–" } as const;
const colors = { holds: green, fails: red, unclear: yellow, skipped: dim } as const;

/** The widths of the columns but CLAIM, which takes what is left: rows appear one by one, so no row can wait for another. */
const widths = { verdict: 9, tasks: 8, threads: 8, effect: 7, interval: 11 } as const;

/** Two blanks before each column but the first. */
const othersWidth = Object.values(widths).reduce((sum, width) => sum + width + 2, 0);

/** CLAIM is never wider than a sentence may be, and with less than this much for it each row takes two lines. */
const claimWidths = { max: 27, min: 19 } as const;

const nothing = { effect: null, interval: null, evidence: null } as const;

function claimWidth({ width }: Style): number {
  return Math.min(claimWidths.max, width - othersWidth);
}

function isNarrow(style: Style): boolean {
  return claimWidth(style) < claimWidths.min;
}

/** The titles of the rows; none where each row takes two lines. */
export function claimTitles(style: Style): string[] {
  if (isNarrow(style)) return [];
  return [line(["VERDICT", "CLAIM", "TASKS", "THREADS", "EFFECT", "95% CI"], style)];
}

/** The row of a claim, as lines: its sentence may need more than one. */
export function claimRow(claim: JudgedClaim, style: Style): string[] {
  const { verdict } = claim;
  const sentence = printableLine(claim.sentence);
  // What was seen of a claim that is skipped is not what it is about.
  const { effect, interval, evidence } = verdict === "skipped" ? nothing : claim;
  const word = `${marks[verdict]} ${verdict}`;
  const paint = style.color ? colors[verdict] : (text: string) => text;
  const side = (of: "tasks" | "threads") => evidence?.[of] ? shortQuantityText(evidence[of], widths[of]) : "–";
  const numbers = [
    side("tasks"),
    side("threads"),
    effect === null ? "–" : `${compact(effect)}×`,
    interval?.map(compact).join("…") ?? "",
  ];
  if (isNarrow(style)) return narrowRow(paint(word.padEnd(widths.verdict)), sentence, numbers, style);
  const [first, ...more] = wrapWords(sentence, claimWidth(style));
  const start = line([word, first, ...numbers], style);
  return [
    paint(start.slice(0, widths.verdict)) + start.slice(widths.verdict),
    ...more.map((words) => " ".repeat(widths.verdict + 2) + words),
  ];
}

function narrowRow(word: string, sentence: string, numbers: readonly string[], style: Style): string[] {
  const named = ["tasks", "threads", "effect", "CI"].map((name, i) => [name, numbers[i]] as const)
    .filter(([, number]) => number !== "–" && number !== "").map((pair) => pair.join(" "))
    .map((text) => ({ plain: text, text }));
  const indent = " ".repeat(widths.verdict + 2);
  const [first, ...more] = wrapWords(sentence, style.width - indent.length);
  const below = [...more, ...joinedParts(named, style.width - indent.length)];
  return [`${word}  ${first}`, ...below.map((words) => indent + words)];
}

function line([verdict, claim, tasks, threads, effect, interval]: readonly string[], style: Style): string {
  return [
    verdict.padEnd(widths.verdict),
    claim.padEnd(claimWidth(style)),
    tasks.padStart(widths.tasks),
    threads.padStart(widths.threads),
    effect.padStart(widths.effect),
    interval.padStart(widths.interval),
  ].join("  ").trimEnd();
}
