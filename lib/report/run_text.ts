import { formatDuration, threeDigits } from "./units.ts";

/** How far a run has come. */
export interface RunProgress {
  readonly done: number;
  readonly failed: number;
  /** Items there will be, as far as that can be told. */
  readonly total?: number;
  readonly elapsedMs: number;
  readonly threads: number;
  readonly tasks: number;
  /** An item that has run for long. */
  readonly oldest?: { readonly line: number; readonly ageMs: number };
}

/** An item that runs longer than this is worth a word, in milliseconds. */
const longMs = 3_000;

/** `48,112/50,000   761/s   ETA 2 s   failed 3   2×1`, not longer than `width`. */
export function progressLine(progress: RunProgress, width: number, unicode: boolean): string {
  const { done, failed, total, elapsedMs, oldest } = progress;
  const perSecond = done / elapsedMs * 1000;
  const parts = [
    total === undefined ? whole(done) : `${whole(done)}/${whole(Math.max(total, done))}`,
    `${perSecond >= 100 ? whole(perSecond) : threeDigits(perSecond)}/s`,
  ];
  if (total !== undefined && done > 0) parts.push(`ETA ${eta(Math.max(0, total - done) / perSecond)}`);
  if (failed > 0) parts.push(`failed ${whole(failed)}`);
  parts.push(widthText(progress.threads, progress.tasks, unicode));
  if (oldest && oldest.ageMs > longMs) parts.push(`line ${whole(oldest.line)} runs ${eta(oldest.ageMs / 1000)}`);
  return parts.join("   ").slice(0, width - 1);
}

/** What has become of a run. */
export interface RunEnd {
  readonly ok: number;
  readonly failed: number;
  readonly elapsedMs: number;
  readonly threads: number;
  readonly tasks: number;
  /** Threads that were replaced. */
  readonly restarts: number;
  /** How it ended: at the end of its input, at its first failed item (`--fail-fast`), or by a signal. */
  readonly how: "done" | "failed fast" | "stopped";
  /** Items that an earlier run had done. */
  readonly before?: { readonly ok: number; readonly failed: number };
  /** What to do next, for a line of its own. */
  readonly next?: string;
}

/** `done: 49,997 ok, 3 failed (exit 1) · 2×1 · 66.1 s · 756/s` */
export function runEnd(end: RunEnd, unicode: boolean): string {
  const { ok, failed, elapsedMs, threads, tasks, restarts, how, before = { ok: 0, failed: 0 }, next } = end;
  const exit = failed + before.failed > 0 && how !== "stopped" ? " (exit 1)" : "";
  const perSecond = (ok + failed) / elapsedMs * 1000;
  const about = [
    widthText(threads, tasks, unicode),
    formatDuration(elapsedMs),
    `${perSecond >= 100 ? whole(perSecond) : threeDigits(perSecond)}/s`,
  ];
  if (restarts > 0) about.push(`${whole(restarts)} ${restarts === 1 ? "thread" : "threads"} replaced`);
  if (before.ok + before.failed > 0) about.push(`before: ${whole(before.ok)} ok, ${whole(before.failed)} failed`);
  const separator = unicode ? " · " : " - ";
  return `${how}: ${whole(ok)} ok, ${whole(failed)} failed${exit}${separator}${about.join(separator)}\n${
    next === undefined ? "" : `${next}\n`
  }`;
}

/** What was found out about an item: how long it takes, and how much of that it computes, in milliseconds. */
export interface ItemCost {
  readonly itemMs: number;
  /** Undefined if that could not be told. */
  readonly cpuMs?: number;
}

/** `2×1: an item takes 1.02 ms, 1.00 ms of it computing` */
export function choiceText(
  { threads, tasks }: { readonly threads: number; readonly tasks: number },
  { itemMs, cpuMs }: ItemCost,
  unicode: boolean,
): string {
  const computing = cpuMs === undefined ? "" : `, ${formatDuration(Math.min(cpuMs, itemMs))} of it computing`;
  return `${widthText(threads, tasks, unicode)}: an item takes ${formatDuration(itemMs)}${computing}`;
}

/** `2×1`: threads times tasks. */
function widthText(threads: number, tasks: number, unicode: boolean): string {
  return `${threads}${unicode ? "×" : "x"}${tasks}`;
}

function whole(value: number): string {
  return Math.round(value).toString().replace(/\B(?=(\d{3})+$)/g, ",");
}

function eta(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6000 ? `${Math.ceil(seconds / 60)} min` : `${threeDigits(seconds / 3600)} h`;
}
