import type { Document } from "../model/document.ts";
import type { Latency } from "../model/result.ts";
import { formatBytes, formatDuration, shortDuration } from "./units.ts";
import { cellName } from "../model/grid.ts";
import { printableLine } from "./printable.ts";
import type { Progressing } from "./progress_text.ts";
import type { Style } from "./style.ts";
import { plural, rate, roughTime, whole } from "./words.ts";
import { asText, wrapLines } from "./wrap.ts";

/** How far a run has come. */
export interface RunProgress {
  readonly done: number;
  readonly failed: number;
  /** Items there will be, as far as that can be told. */
  readonly total?: number;
  readonly elapsedMs: number;
  readonly threads: number;
  readonly tasks: number;
  /** How many failed items wait for their next attempt. */
  readonly resting: number;
  /** How many items run now. */
  readonly running: number;
  /** The item that has run longest, and where it is: `line 17`. */
  readonly oldest?: { readonly at: string; readonly ageMs: number };
  /** What keeps items from starting that have a place: their pace, the machine, the reader of the results, or the input. */
  readonly heldBack?: string;
  /** How long the items of the last seconds took. */
  readonly times?: { readonly p50Ms: number; readonly p99Ms: number };
}

/** An item that runs longer than this is worth a word, in milliseconds. */
const longMs = 3_000;

/**
 * `48,112/50,000`, its share, and `761/s  failed 3  2×1  p50 12 ms  p99 80 ms  2 in flight`. What is left out first, where there is
 * no room, stands last.
 */
export function runProgress(progress: RunProgress): Progressing {
  const { done, failed, total, elapsedMs, resting, oldest, heldBack, times, running } = progress;
  const all = total === undefined ? undefined : Math.max(total, done);
  const parts = [rate(done, elapsedMs)];
  if (failed > 0) parts.push(`failed ${whole(failed)}`);
  if (resting > 0) parts.push(`waiting to retry ${whole(resting)}`);
  parts.push(cellName(progress));
  if (oldest && oldest.ageMs > longMs) parts.push(`${oldest.at} runs ${roughTime(oldest.ageMs)}`);
  const more = [];
  if (heldBack !== undefined) more.push(`held back by ${heldBack}`);
  if (times !== undefined) more.push(percentilesText(times));
  if (running > 0) more.push(`${whole(running)} in flight`);
  return {
    what: all === undefined ? plural(done, "item") : `${whole(done)}/${whole(all)}`,
    share: all === undefined || all === 0 ? undefined : done / all,
    detail: parts.join("  "),
    more,
  };
}

/** `p50 12 ms  p99 80 ms` */
function percentilesText({ p50Ms, p99Ms }: { readonly p50Ms: number; readonly p99Ms: number }): string {
  return `p50 ${shortDuration(p50Ms)}  p99 ${shortDuration(p99Ms)}`;
}
/** How a run has ended, where another word says more than the document's. */
const endings: Readonly<Record<string, string>> = {
  "failed-fast": "failed fast",
  "too-many-failures": "too many failures (--max-failures)",
};

/** `done: 49,997 ok, 3 failed (exit 1) · 2×1 · 66.1 s · 756/s`, and what to do next. */
export function runText(
  { result, elapsedMs }: Pick<Document<"run">, "result" | "elapsedMs">,
  { width }: Pick<Style, "width">,
): string {
  const { how, ok, failed, exitCode, restarts, before, next, skipped, p50Ms, p99Ms, latency } = result;
  const exit = exitCode ? ` (exit ${exitCode})` : "";
  const line = [
    `${endings[how] ?? how}: ${whole(ok)} ok, ${whole(failed)} failed${exit}`,
    cellName(result),
    formatDuration(elapsedMs),
    rate(ok + failed, elapsedMs),
    ...p50Ms !== null && p99Ms !== null ? [percentilesText({ p50Ms, p99Ms })] : [],
    ...restarts > 0 ? [`${plural(restarts, "thread")} replaced`] : [],
    ...skipped > 0 ? [plural(skipped, "blank line")] : [],
    ...before.ok + before.failed > 0 ? [`before: ${whole(before.ok)} ok, ${whole(before.failed)} failed`] : [],
  ].join(" · ");
  const missed = latency === null || latency.missedMs === null ? [] : [missedText(latency)];
  const summary = asText(wrapLines([line, ...missed], width));
  if (next === null) return summary;
  return `${summary}${how === "done" ? "Again" : "Continue"}: ${printableLine(next)}\n`;
}

/** `even 1×1 misses the target: 99 % of the items should take less than 200 ms, and p99 is 312 ms` */
export function missedText({ targetMs, missedMs }: Latency): string {
  const target = `even ${
    cellName({ threads: 1, tasks: 1 })
  } misses the target: 99 % of the items should take less than `;
  return `${target}${formatDuration(targetMs)}, and p99 is ${formatDuration(missedMs ?? NaN)}`;
}

/** What a run with a journal does: it starts a new one, or goes on with what was done before. */
export type JournalStart =
  /** `at`: where its output begins in the output file, in bytes; null if that is not a file. */
  | { readonly kind: "begins"; readonly name: string; readonly at: number | null }
  | {
    readonly kind: "goes on";
    readonly name: string;
    readonly before: { readonly ok: number; readonly failed: number };
    /** The whole input was done before. */
    readonly complete: boolean;
  };

/** `goes on with journal j: 1,234 items done, 3 of them failed` */
export function journalText(start: JournalStart): string {
  const name = printableLine(start.name);
  if (start.kind === "begins") {
    return `new journal ${name}${
      start.at ? `; results go after the ${plural(start.at, "byte")} that the output has` : ""
    }`;
  }
  const { before: { ok, failed }, complete } = start;
  const done = `${plural(ok + failed, "item")} done${failed > 0 ? `, ${whole(failed)} of them failed` : ""}`;
  if (!complete) return `goes on with journal ${name}: ${done}`;
  return `journal ${name} is complete: ${done}; only lines added since then run`;
}

/** Why nothing runs: what was found, and the flag that holds starts back. */
export function standstillText(
  found: { readonly kind: "load"; readonly load: number } | { readonly kind: "memory"; readonly freeBytes: number },
  flag: string,
): string {
  const why = found.kind === "load"
    ? `the load of the machine is ${whole(Math.round(100 * found.load))} %`
    : `only ${formatBytes(found.freeBytes)} of memory is free`;
  return `nothing starts for now, because of ${flag}: ${why}; meanwhile each thread runs one item at a time, for 0.5 s every 10 s`;
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

/** `line 12,345` */
export function lineText(line: number): string {
  return `line ${whole(line)}`;
}

/** That the log of a run ends early, given why. */
export function logText({ message }: Error): string {
  return `${message}; the log ends here, and the run goes on`;
}

/** That a trace cannot be written any more, in the middle of the run or at its end. */
export function traceText({ message }: Error): string {
  return `${message}; the run has no trace`;
}

/** That items were not read as they are written: how many, where the first one is, and what to do. */
export function inexactText({ items, at }: { readonly items: number; readonly at: string }): string {
  return `${plural(items, "item")} changed when read as JSON, the first in ${at}: an integer beyond 2^53, a number ` +
    "out of range, or the same key twice; to get lines as they are: --input lines, see tandem help job";
}
