import { formatDuration } from "./units.ts";
import { cellName } from "../model/grid.ts";
import { eta, plural, rate, roughTime, whole } from "./words.ts";

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
export function progressLine(progress: RunProgress, width: number): string {
  const { done, failed, total, elapsedMs, oldest } = progress;
  const parts = [
    total === undefined ? whole(done) : `${whole(done)}/${whole(Math.max(total, done))}`,
    rate(done, elapsedMs),
  ];
  if (total !== undefined && done > 0) parts.push(eta(done, total, elapsedMs));
  if (failed > 0) parts.push(`failed ${whole(failed)}`);
  parts.push(cellName(progress));
  if (oldest && oldest.ageMs > longMs) parts.push(`line ${whole(oldest.line)} runs ${roughTime(oldest.ageMs)}`);
  return parts.join("   ").slice(0, width - 1);
}

/** How a run ended. */
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
  /** What the program will exit with, as far as that is known: not when it is stopped. */
  readonly exitCode?: number;
  /** What to do next, for a line of its own. */
  readonly next?: string;
}

/** `done: 49,997 ok, 3 failed (exit 1) · 2×1 · 66.1 s · 756/s` */
export function runEnd(end: RunEnd): string {
  const { ok, failed, elapsedMs, restarts, how, exitCode = 0, before = { ok: 0, failed: 0 }, next } = end;
  const exit = exitCode === 0 ? "" : ` (exit ${exitCode})`;
  const about = [
    cellName(end),
    formatDuration(elapsedMs),
    rate(ok + failed, elapsedMs),
  ];
  if (restarts > 0) about.push(`${plural(restarts, "thread")} replaced`);
  if (before.ok + before.failed > 0) about.push(`before: ${whole(before.ok)} ok, ${whole(before.failed)} failed`);
  const first = [`${how}: ${whole(ok)} ok, ${whole(failed)} failed${exit}`, ...about].join(" · ");
  return `${first}\n${next === undefined ? "" : `${next}\n`}`;
}

/** What was found out about an item: how long it takes, and how much of that it computes, in milliseconds. */
export interface ItemCost {
  readonly itemMs: number;
  /** Undefined if that could not be told. */
  readonly cpuMs?: number;
}

/** `2×1: an item takes 1.02 ms, 1.00 ms of it computing` */
export function choiceText(
  width: { readonly threads: number; readonly tasks: number },
  { itemMs, cpuMs }: ItemCost,
): string {
  const computing = cpuMs === undefined ? "" : `, ${formatDuration(Math.min(cpuMs, itemMs))} of it computing`;
  return `${cellName(width)}: an item takes ${formatDuration(itemMs)}${computing}`;
}
