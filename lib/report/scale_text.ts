import type { Document } from "../model/document.ts";
import {
  type Forecast,
  type LimitName,
  resolutionBytes,
  type ScaleFit,
  type ScaleKind,
  type ScaleResult,
  type ScaleRung,
  type ScaleStep,
  type StopName,
  type ThreadsEnd,
} from "../model/scale.ts";
import { cyan, dim, red, yellow } from "./colors.ts";
import { printableLine } from "./printable.ts";
import type { Style } from "./style.ts";
import { fittedTable, left, minWidth, right, table } from "./table.ts";
import { formatBytes, formatDuration, formatRatio, threeDigits } from "./units.ts";
import { placeText, plural, whole } from "./words.ts";
import { asText, wrapLines, wrapWords } from "./wrap.ts";

/** The text of a ladder: what ran where, a row for each rung, what one costs, and how far it would go. */
export function scaleText(document: Document<"scale">, style: Style): string {
  const { result } = document;
  return asText([
    ...wrapLines([placeText(document)], style.width),
    "",
    ...rungLines(result.rungs.filter(isShown), style),
    "",
    ...wrapLines(scaleFindings(result), style.width),
  ]);
}

/** What one costs, how threads ended, and how far it would go. */
export function scaleFindings(result: ScaleResult): string[] {
  return [...costLines(result.fits), ...endLines(result.threadsEnd), ...forecastLines(result)];
}

/** What is being measured: `10,000 timer`, `420 threads`. */
export function scaleStepText(step: ScaleStep, alive: number): string {
  return step.kind === "thread" ? plural(alive, "thread") : `${whole(step.alive)} ${step.kind}`;
}

/** A ladder of threads is measured at more places than there are rungs of tasks; powers of ten and the last are shown. */
export function isShown({ kind, alive, stoppedBy }: ScaleRung, _: number, all: readonly ScaleRung[]): boolean {
  if (kind !== "thread" || stoppedBy !== null || Number.isInteger(Math.log10(alive))) return true;
  return !all.some((other) => other.kind === "thread" && other.stoppedBy === null && other.alive > alive);
}

/** The columns of what was measured. */
export const numbers = [right("TOTAL"), right("EACH"), right("START"), right("END")];

/** Columns that bars take: what the other columns leave. */
const [minBar, maxBar, otherColumns] = [16, 40, 60];

function rungLines(rungs: readonly ScaleRung[], style: Style): string[] {
  if (style.width < minWidth) return rungs.flatMap((rung) => narrowLines(rung, style));
  const axis = logAxis(rungs, Math.min(maxBar, Math.max(minBar, style.width - otherColumns)));
  const columns = [right("ALIVE"), left("KIND"), left(axis.title), ...numbers];
  const labels = rungs.map(({ alive, kind }, i) => [rungs[i - 1]?.alive === alive ? "" : whole(alive), kind]);
  const rows = rungs.map((rung, i) => [...labels[i], barOf(rung, axis), ...numbersOf(rung)]);
  const paint = (cell: string, column: number, row: number) => {
    if (!style.color) return cell;
    if (row === -1) return dim(cell);
    return column === 1 || column === 2 ? paintOf(rungs[row].kind)(cell) : cell;
  };
  const [head, ...lines] = table(columns, rows, paint);
  const widths = [0, 1].map((i) => Math.max(columns[i].title.length, ...labels.map((label) => label[i].length)));
  const indent = widths[0] + widths[1] + 4;
  const stopLines = (i: number) => {
    const [alive, kind] = labels[i];
    const label = `${alive.padStart(widths[0])}  ${paint(kind.padEnd(widths[1]), 1, i)}  `;
    const [first, ...more] = wrapWords(stopText(rungs[i]), style.width - indent);
    return [
      label + (style.color ? first.replace("✘", red("✘")) : first),
      ...more.map((words) => " ".repeat(indent) + words),
    ];
  };
  return [head, ...lines.flatMap((line, i) => rungs[i].stoppedBy === null ? [line] : stopLines(i))];
}

function narrowLines(rung: ScaleRung, style: Style): string[] {
  const label = [whole(rung.alive), rung.kind];
  if (rung.stoppedBy !== null) {
    return [label.join("  "), ...wrapWords(stopText(rung), style.width - 4).map((words) => `    ${words}`)];
  }
  return fittedTable([[right("ALIVE"), left("KIND"), ...numbers]], [[...label, ...numbersOf(rung)]], 2, style);
}

const paintOf = (kind: ScaleKind) => kind === "thread" ? yellow : cyan;

/** The texts of `numbers` for a rung. */
export function numbersOf({ totalBytes, eachBytes, startMs, endMs }: ScaleRung): string[] {
  const told = totalBytes !== null && totalBytes >= resolutionBytes;
  return [
    totalBytes === null ? "–" : told ? formatBytes(totalBytes) : `< ${resolutionBytes / 2 ** 20} MiB`,
    told && eachBytes !== null ? formatBytes(Math.round(eachBytes)) : "–",
    startMs === null ? "–" : formatDuration(startMs),
    endMs === null ? "–" : formatDuration(endMs),
  ];
}

/** A logarithmic axis of bytes. */
interface LogAxis {
  readonly title: string;
  /** Columns of a bar of 1 KiB or more; not a whole number. */
  length(bytes: number): number;
}

const marks: readonly (readonly [label: string, bytes: number])[] = [
  ["1 KiB", 2 ** 10],
  ["1 MiB", 2 ** 20],
  ["1 GiB", 2 ** 30],
];

/** An axis from 1 KiB to the highest total, with marks where there is room for them. */
function logAxis(rungs: readonly ScaleRung[], width: number): LogAxis {
  const highest = Math.max(2 ** 30, ...rungs.map(({ totalBytes }) => totalBytes ?? 0));
  const length = (bytes: number) => Math.log2(bytes / 2 ** 10) / Math.log2(highest / 2 ** 10) * width;
  const title = marks.reduce((title, [label, bytes]) => {
    const at = Math.max(0, Math.min(Math.floor(length(bytes)) - 1, width - label.length));
    return at <= title.length && title !== "" ? title : title.padEnd(at) + label;
  }, "");
  return { title: title.padEnd(width), length };
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

function barOf({ totalBytes }: ScaleRung, { length }: LogAxis): string {
  if (totalBytes === null || totalBytes < resolutionBytes) return "";
  const columns = Math.round(length(totalBytes) * 8) / 8;
  return "█".repeat(Math.floor(columns)) + eighths[(columns % 1) * 8];
}

/** What each limit is called, and how its value is written. */
const limitWords: Readonly<Record<LimitName, readonly [name: string, format: (value: number) => string]>> = {
  memory: ["memory", formatBytes],
  "cgroup-memory": ["the memory limit of the control group", formatBytes],
  heap: ["the heap of one thread", formatBytes],
  "address-space": ["the address space (ulimit -v)", formatBytes],
  "threads-max": ["kernel.threads-max", whole],
  "pid-max": ["kernel.pid_max", whole],
  "cgroup-pids": ["pids.max of the control group", whole],
  "user-processes": ["the user's processes (ulimit -u)", whole],
  "map-count": ["vm.max_map_count", whole],
  "open-files": ["open files (ulimit -n)", whole],
};

/** `✘ stopped at 1,480: would pass 12.0 GiB (--max-memory)`. */
export function stopText({ reached, stoppedBy, limit, said }: ScaleRung): string {
  const quote = said === "" ? "" : `: ${printableLine(tellingLine(said))}`;
  return `✘ ${reached === 0 ? "stopped" : `stopped at ${whole(reached)}`}: ${stopReason(stoppedBy, limit)}${quote}`;
}

function stopReason(stoppedBy: StopName | null, limit: number | null): string {
  switch (stoppedBy) {
    case "max-memory":
      return `would pass ${formatBytes(limit ?? 0)} (--max-memory)`;
    case "max-time":
      return "no time left (--max-time)";
    case "killed":
      return "its process was killed, perhaps by the kernel";
    case "crashed":
      return "its process crashed";
    case "interrupted":
      return "interrupted";
    case null:
      return "";
    default: {
      const [name, format] = limitWords[stoppedBy];
      return limit === null ? name : `${name}: the limit is ${format(limit)}`;
    }
  }
}

/** The most telling line: the one below the place of a Rust panic, else the first that mentions an error, else the last. */
function tellingLine(said: string): string {
  const lines = said.split("\n").map((line) => line.replace(/^#\s*/, "").trim()).filter((line) => line !== "");
  const panic = lines.findIndex((line) => line.includes("panicked at"));
  const line = panic === -1
    ? lines.find((line) => /\b(?:error|fatal|unable|could not|out of memory)\b/i.test(line))
    : lines[panic + 1];
  return (line ?? lines.at(-1) ?? "").slice(0, 120);
}

/** `One promise costs 427 B (R² 0.999), ...; one thread 7.13 MiB (R² 1.000), 16,700× a promise.` */
export function costLines(fits: readonly ScaleFit[]): string[] {
  if (fits.length === 0) return [`Too little memory was taken to tell the cost of one.`];
  const cost = ({ kind, bytesEach, r2 }: ScaleFit) =>
    `${kind} ${formatBytes(Math.round(bytesEach))} (R² ${r2.toFixed(3)})`;
  const task = taskOf(fits);
  const thread = fits.find(({ kind }) => kind === "thread");
  const ratio = thread === undefined || task === undefined
    ? []
    : [`A thread takes ${formatRatio(thread.bytesEach / task.bytesEach)} the memory of a ${task.kind} task.`];
  return [`Cost of one: ${fits.map(cost).join(", ")}.`, ...ratio];
}

/** The kind of task that threads are compared with: promises, or else the first that was fitted. */
export function taskOf(fits: readonly ScaleFit[]): ScaleFit | undefined {
  return fits.find(({ kind }) => kind === "promise") ?? fits.find(({ kind }) => kind !== "thread");
}

/** How the threads ended. */
export function endLines(end: ThreadsEnd | null): string[] {
  if (end === null) return [];
  const { endMs, keptBytes } = end;
  const threads = plural(end.threads, "thread");
  if (endMs === null || keptBytes === null) {
    return [`${threads} ${end.threads === 1 ? "was" : "were"} not seen to end.`];
  }
  return [
    `${threads} ended in ${formatDuration(endMs)}, and ${formatBytes(Math.max(0, keptBytes))} were not given back.`,
  ];
}

/** How many limits of threads are shown. */
const shownLimits = 3;

/** How many threads, and how many tasks of the kind that they are compared with. */
export function forecastLines({ forecast, fits }: ScaleResult): string[] {
  const of = (kind: ScaleKind | undefined, count: number) =>
    forecast.filter((one) => one.kind === kind).slice(0, count).map(forecastText);
  const parts = [...of("thread", shownLimits), ...of(taskOf(fits)?.kind, 1)];
  return parts.length === 0 ? [] : [`Forecast: ${parts.join("; ")}.`];
}

function forecastText({ kind, limit, value, alive }: Forecast): string {
  const [name, format] = limitWords[limit];
  const count = Number(threeDigits(alive).replaceAll(",", ""));
  return `${plural(count, kind === "thread" ? "thread" : `${kind} task`)} until ${name} (${format(value)}) is used up`;
}
