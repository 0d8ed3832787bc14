import { dim, green, red, yellow } from "./colors.ts";
import { encode } from "./encode.ts";
import type { ComparedMode, Contention, JobComparison, Machine, Phases } from "../model.ts";
import { modeColors } from "./mode_colors.ts";
import { printable } from "./printable.ts";
import type { Style } from "./style.ts";
import { type Column, narrowTable, table } from "./table.ts";
import { formatBytes, formatDuration, formatInterval, formatRatio, threeDigits } from "./units.ts";

/** What is known before anything is measured. */
export interface CompareHead {
  readonly version: string;
  readonly deno: string;
  readonly machine: Machine;
  readonly seed: number;
}

/** What will be done to the items. */
export interface ComparePlan {
  readonly items: number;
  readonly itemsGiven: number;
  readonly rounds: number;
  readonly roundsWanted: number;
  readonly runsPerRound: number;
  /** Items that run once more in each run. */
  readonly warmup: number;
  /** Items that ran once to calibrate. */
  readonly calibrated: number;
  readonly maxMs: number;
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

/** How often each item will run, and what was left out to keep the time. */
export function planText(plan: ComparePlan, style: Style): string {
  const { items, itemsGiven, rounds, roundsWanted, runsPerRound, warmup, calibrated, maxMs } = plan;
  const runs = rounds * runsPerRound;
  const which = items === 1 ? "The item runs" : `Each of ${count(items)} items runs`;
  const first = warmup === 1 ? "the first one" : `up to ${count(warmup)} of the first ones`;
  const lines = [
    `${which} ${count(runs)} times (${rounds} round${
      rounds === 1 ? "" : "s"
    } of ${runsPerRound} runs), ${first} twice that to warm up; ${count(calibrated)} ran once to calibrate.`,
  ];
  if (items < itemsGiven || rounds < roundsWanted) {
    const rest = rounds < roundsWanted ? `, and ${rounds} of ${roundsWanted} rounds` : "";
    lines.push(
      `--max-time ${threeDigits(maxMs / 1000)}s leaves time for the first ${count(items)} of ${
        count(itemsGiven)
      } items${rest}.`,
    );
  }
  return encode(`${lines.join("\n")}\n`, style);
}

/** `round 7/12  threads  ETA 9 s`, for a terminal. */
export function compareProgress(run: number, plan: ComparePlan, elapsedMs: number): string {
  const { rounds, runsPerRound } = plan;
  const total = rounds * runsPerRound;
  const left = Math.ceil(elapsedMs / run * (total - run) / 1000);
  return `round ${Math.ceil(run / runsPerRound)}/${rounds}  ${Math.floor(100 * run / total)} %  ETA ${left} s`;
}

/** All that was found: modes, what one item costs, what to use. */
export function compareText(found: JobComparison, style: Style): string {
  return encode(
    [
      titleOf(found),
      ...tableOf(found.modes, style),
      "",
      ...found.modes.flatMap(({ mode, reason }) => reason === null ? [] : [`  ${mode}: ${reason}`]),
      aroundOf(found),
      phasesText(found.phases),
      ...found.notices.map((notice) => `! ${notice}.`),
      adviceText(found),
    ].join("\n") + "\n",
    style,
  );
}

function titleOf({ job, itemCount, rounds, digest }: JobComparison): string {
  const outputs = digest === null ? "outputs not compared" : `outputs equal (sha256 ${digest.slice(0, 8)}…)`;
  const items = `${count(itemCount)} item${itemCount === 1 ? "" : "s"}`;
  return `compare ${printable(job)} · ${items} · ${rounds} shuffled round${rounds === 1 ? "" : "s"} · ${outputs}`;
}

function tableOf(modes: readonly ComparedMode[], style: Style): string[] {
  const hasRss = modes.some(({ rssBytes }) => rssBytes !== null);
  const columns: Column[] = [
    { title: "MODE", align: "left" },
    { title: "THREADS×TASKS", align: "right" },
    { title: "VERDICT", align: "left" },
    { title: "ITEMS/S", align: "right" },
    { title: "VS SERIAL", align: "right" },
    { title: "95% CI", align: "right" },
    { title: "P99", align: "right" },
    ...(hasRss ? [{ title: "RSS", align: "right" } as const] : []),
  ];
  const rows = modes.map(({ mode, threads, tasks, verdict, itemsPerSecond, ratio, interval, p99Ms, rssBytes }) => [
    mode,
    `${threads}×${tasks}`,
    `${(style.unicode ? marks : plainMarks)[verdict]} ${verdict}`,
    threeDigits(itemsPerSecond),
    formatRatio(ratio),
    formatInterval(interval),
    formatDuration(p99Ms),
    ...(hasRss ? [rssBytes === null ? "" : formatBytes(rssBytes)] : []),
  ]);
  if (style.width < 72) return narrowTable(columns, rows, 3);
  return table(columns, rows, (cell, column, row) => {
    if (!style.color || row < 0) return cell;
    if (column === 0) return modeColors[modes[row].mode](cell);
    return column === 2 ? verdictColors[modes[row].verdict](cell) : cell;
  });
}

function aroundOf({ control, contention, rounds }: JobComparison): string {
  const range = control.interval === null ? "" : ` ${formatInterval(control.interval)}`;
  const result = control.failed ? ": the machine is not steady" : "";
  return `A/A control ${formatRatio(control.ratio)}${range}${result} · ${foreignText(contention, rounds)}`;
}

function foreignText(contention: Contention | null, rounds: number): string {
  if (contention === null) return "other programs: not measured, as slots are processes";
  const { foreignCores, rounds: contended } = contention;
  const some = contended === 0 ? "" : `, too much in ${contended} of ${rounds} rounds`;
  return `other programs took ${foreignCores.toFixed(2)} cores${some}`;
}

function phasesText({ computingMs, waitingMs, sendingMs }: Phases): string {
  const sending = `${formatDuration(sendingMs)} to send and receive`;
  if (computingMs === null || waitingMs === null) return `One item: ${sending}.`;
  const computing = computingMs === 0 ? "0 ms" : formatDuration(computingMs);
  return `One item: ${computing} computing, ${formatDuration(waitingMs)} waiting, ${sending}.`;
}

function adviceText({ advice }: JobComparison): string {
  if (advice.kind === "none") return `No advice: ${advice.reason}.`;
  const { cell: { mode, threads, tasks }, reason } = advice;
  return `→ Use ${mode} ${threads}×${tasks}: ${reason}.`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}
