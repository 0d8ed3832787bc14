import { dim, green, red, yellow } from "./colors.ts";
import { encode } from "./encode.ts";
import { gridText } from "./grid_text.ts";
import type { ComparedMode, Contention, JobComparison, Phases } from "../model/comparison.ts";
import type { Machine } from "../model/machine.ts";
import { modeColors } from "./mode_colors.ts";
import { printable } from "./printable.ts";
import type { Style } from "./style.ts";
import { type Column, narrowTable, table, textWidth } from "./table.ts";
import { formatBytes, formatDuration, formatInterval, formatRatio, threeDigits } from "./units.ts";

/** What is known before anything is measured. */
export interface CompareHead {
  readonly version: string;
  readonly deno: string;
  readonly machine: Machine;
  readonly seed: number;
}

const marks = { baseline: " ", faster: "✔", slower: "✘", same: "=", unclear: "≈" } as const;
const plainMarks = { baseline: " ", faster: "+", slower: "-", same: "=", unclear: "~" } as const;
const plain = (text: string) => text;
const verdictColors = { baseline: dim, faster: green, slower: red, same: plain, unclear: yellow } as const;

/** One line: what runs where. */
export function compareHead({ version, deno, machine, seed }: CompareHead, style: Style): string {
  const { os, arch, cpu, usableCores, freeBytes } = machine;
  const cores = `${usableCores} core${usableCores === 1 ? "" : "s"}`;
  const free = `${formatBytes(freeBytes)} free`;
  const parts = [`tandem ${version}`, `deno ${deno}`, `${os} ${arch}`, `${cpu}, ${cores}`, free, `seed ${seed}`];
  return encode(`${parts.join(" · ")}\n\n`, style);
}

/** All that was found: modes, what one item costs, what to use. */
export function compareText(found: JobComparison, style: Style): string {
  return encode(
    [
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
    ].join("\n") + "\n",
    style,
  );
}

function titleOf({ job, itemCount, itemsGiven, passes, once, rounds, digest }: JobComparison): string {
  const compared = digest === null ? "outputs not compared" : `outputs equal (sha256 ${digest.slice(0, 8)}…)`;
  const of = itemCount === itemsGiven ? "" : ` of ${count(itemsGiven)}`;
  const times = passes === 1 ? "" : ` ${count(passes)} times`;
  const items = `${count(itemCount)}${of} item${itemsGiven === 1 ? "" : "s"}${times}${once ? " a run, once each" : ""}`;
  return `compare ${printable(job)} · ${items} · ${rounds} shuffled round${rounds === 1 ? "" : "s"} · ${compared}`;
}

function tableOf(modes: readonly ComparedMode[], style: Style): string[] {
  const left = (title: string): Column => ({ title, align: "left" });
  const right = (title: string): Column => ({ title, align: "right" });
  const rows = modes.map((one) => [
    one.mode,
    `${one.threads}×${one.tasks}`,
    `${(style.unicode ? marks : plainMarks)[one.verdict]} ${one.verdict}`,
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
  if (style.width < 72) return narrowTable(long, rows, 3);
  const paint = (cell: string, column: number, row: number) => {
    if (!style.color || row < 0) return cell;
    if (column === 0) return modeColors[modes[row].mode](cell);
    return column === 2 ? verdictColors[modes[row].verdict](cell) : cell;
  };
  const fits = table(long, rows).every((line) => textWidth(line) <= style.width);
  return table(fits ? long : short, rows, paint);
}

function aroundOf({ control, contention, rounds, ownCost }: JobComparison): string {
  const range = control.interval === null ? "" : ` ${formatInterval(control.interval)}`;
  const result = control.failed ? ": the machine is not steady" : "";
  const own = `our own cost ${formatDuration(ownCost.overheadUs / 1000)} an item`;
  return `A/A control ${formatRatio(control.ratio)}${range}${result} · ${foreignText(contention, rounds)} · ${own}`;
}

function foreignText({ foreignCores, rounds: contended }: Contention, rounds: number): string {
  const some = contended === 0 ? "" : `, too much in ${contended} of ${rounds} rounds`;
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
  const { cell: { mode, threads, tasks }, reason, changes } = advice;
  return [`→ Use ${mode} ${threads}×${tasks}: ${reason}.`, ...changes.map((change) => `  ${change}.`)];
}

function count(value: number): string {
  return value.toLocaleString("en");
}
