import { dim, green, red, yellow } from "./colors.ts";
import { gridText } from "./grid_text.ts";
import type { ComparedMode, Contention, JobComparison, Phases } from "../model/comparison.ts";
import { modeColors } from "./mode_colors.ts";
import { printable } from "./printable.ts";
import type { Style } from "./style.ts";
import { type Column, fittedTable } from "./table.ts";
import { formatBytes, formatDuration, formatInterval, formatRatio, threeDigits } from "./units.ts";
import { cellName, modeName, placeText, plural, type Setting, whole } from "./words.ts";

/** What is known before anything is measured. */
export interface CompareHead extends Setting {
  readonly seed: number;
}

const marks = { baseline: " ", faster: "✔", slower: "✘", same: "=", unclear: "≈" } as const;
const plain = (text: string) => text;
const verdictColors = { baseline: dim, faster: green, slower: red, same: plain, unclear: yellow } as const;

/** One line: what runs where. */
export function compareHead(head: CompareHead): string {
  return `${placeText(head)} · seed ${head.seed}\n\n`;
}

/** All that was found: modes, what one item costs, what to use. */
export function compareText(found: JobComparison, style: Style): string {
  return [
    titleOf(found),
    ...tableOf(found.modes, style),
    "",
    ...found.modes.flatMap(({ mode, reason }) => reason === null ? [] : [`  ${mode}: ${reason}`]),
    ...found.grid === null ? [] : [...gridText(found.grid, style), ""],
    aroundOf(found),
    phasesText(found.phases),
    ...breakEvenText(found),
    ...found.notices.map((notice) => `! ${notice}.`),
    ...adviceText(found),
  ].join("\n") + "\n";
}

function titleOf({ job, itemCount, itemsGiven, passes, once, rounds, digest }: JobComparison): string {
  const compared = digest === null ? "outputs not compared" : `outputs equal (sha256 ${digest.slice(0, 8)}…)`;
  const part = itemCount === itemsGiven ? "" : `${whole(itemCount)} of `;
  const times = passes === 1 ? "" : ` ${plural(passes, "time")}`;
  const items = `${part}${plural(itemsGiven, "item")}${times}${once ? " a run, once each" : ""}`;
  return `compare ${printable(job)} · ${items} · ${plural(rounds, "shuffled round")} · ${compared}`;
}

function tableOf(modes: readonly ComparedMode[], style: Style): string[] {
  const left = (title: string): Column => ({ title, align: "left" });
  const right = (title: string): Column => ({ title, align: "right" });
  const rows = modes.map((one) => [
    one.mode,
    cellName(one),
    `${marks[one.verdict]} ${one.verdict}`,
    threeDigits(one.itemsPerSecond),
    formatRatio(one.ratio),
    formatInterval(one.interval),
    formatDuration(one.p99Ms),
    one.lagP99Ms === null ? "–" : formatDuration(one.lagP99Ms),
    one.rssBytes === null ? "–" : formatBytes(one.rssBytes),
  ]);
  const numbers = ["95% CI", "P99", "LAG", "RSS"].map(right);
  const long = [
    left("MODE"),
    right("THREADS×TASKS"),
    left("VERDICT"),
    ...["ITEMS/S", "VS SERIAL"].map(right),
    ...numbers,
  ];
  const short = [left("MODE"), right("N×K"), left("VERDICT"), ...["ITEMS/S", "RATIO"].map(right), ...numbers];
  const paint = (cell: string, column: number, row: number) => {
    if (!style.color || row < 0) return cell;
    if (column === 0) return modeColors[modes[row].mode](cell);
    return column === 2 ? verdictColors[modes[row].verdict](cell) : cell;
  };
  return fittedTable([long, short], rows, 3, style, paint);
}

function aroundOf({ control, contention, rounds, ownCost }: JobComparison): string {
  const range = control.interval === null ? "" : ` ${formatInterval(control.interval)}`;
  const result = control.failed ? ": the machine is not steady" : "";
  const own = `our own cost ${formatDuration(ownCost.overheadUs / 1000)} an item`;
  return `A/A control ${formatRatio(control.ratio)}${range}${result} · ${foreignText(contention, rounds)} · ${own}`;
}

function foreignText({ foreignCores, rounds: contended }: Contention, rounds: number): string {
  const some = contended === 0 ? "" : `, too much in ${contended} of ${plural(rounds, "round")}`;
  return `other programs took ${foreignCores.toFixed(2)} cores${some}`;
}

function phasesText({ computingMs, blockingMs, waitingMs, transferMs }: Phases): string {
  const sending = `${formatDuration(transferMs)} to send and receive`;
  if (computingMs === null || blockingMs === null || waitingMs === null) return `One item: ${sending}.`;
  const blocking = blockingMs < 0.01 * (computingMs + waitingMs) ? "" : `${formatDuration(blockingMs)} blocking, `;
  return `One item: ${formatDuration(computingMs)} CPU, ${formatDuration(waitingMs)} waiting, ${blocking}${sending}.`;
}

/** Where threads begin to win over tasks. */
function breakEvenText({ breakEvenMs, phases: { waitingMs } }: JobComparison): string[] {
  if (breakEvenMs === null || waitingMs === null) return [];
  if (breakEvenMs === 0) return ["Threads win over tasks however little an item computes."];
  return [`Threads win above ${formatDuration(breakEvenMs)} of CPU per item; below, tasks do.`];
}

function adviceText({ advice }: JobComparison): string[] {
  if (advice.kind === "none") return [`No advice: ${advice.reason}.`];
  const { cell, reason, changes } = advice;
  return [`→ Use ${modeName(cell)}: ${reason}.`, ...changes.map((change) => `  ${change}.`)];
}
