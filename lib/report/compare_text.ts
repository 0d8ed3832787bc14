import type { CompareResult, Contention, JobComparison, Phases } from "../model/comparison.ts";
import type { Document } from "../model/document.ts";
import { type Changed, changeLines, changesTable } from "./changes_text.ts";
import { gridText } from "./grid_text.ts";
import { modesTable } from "./modes_table.ts";
import { printableLine } from "./printable.ts";
import { adviceLines, noticeLine, reasonText } from "./reason_words.ts";
import { comparedName, haveSameCode } from "./sides.ts";
import { asText, wrapLines } from "./wrap.ts";
import type { Style } from "./style.ts";
import { formatDuration, formatInterval, formatRatio } from "./units.ts";
import { placeText, plural, whole } from "./words.ts";

/**
 * The text of a comparison: what runs where, the modes, what one item costs, what to use, and what to do next. With an old job, or
 * two runtimes: how each mode changed.
 */
export function compareText(document: Document<"compare">, style: Style): string {
  const { seed, result, comparable } = document;
  const { against, changes } = result;
  const prose = (lines: readonly string[]) => wrapLines(lines, style.width);
  const begin = prose([`${placeText(document)} · seed ${seed}`, "", titleOf(result)]);
  if (against !== undefined && changes !== undefined) {
    return asText([
      ...begin,
      ...changesTable({ ...result, against, changes }, style),
      "",
      ...prose(changeFindings({ ...result, against, changes, elapsedMs: document.elapsedMs }, comparable)),
      ...nextLines(result),
    ]);
  }
  return asText([
    ...begin,
    ...modesTable(result.modes, style),
    "",
    ...prose(doubts(result)),
    ...result.grid === null ? [] : [...gridText(result.grid, style), ""],
    ...prose(findings(result)),
    ...nextLines(result),
  ]);
}

/** Why modes are unclear. */
export function doubts({ modes }: JobComparison): string[] {
  return modes.flatMap(({ mode, reason }) => reason === null ? [] : [`  ${mode}: ${reasonText(reason)}`]);
}

/** What was found besides the modes, and what to use. */
export function findings(result: JobComparison): string[] {
  return [
    aroundText(result),
    phasesText(result.phases),
    ...breakEvenText(result),
    ...result.notices.map(noticeLine),
    ...adviceLines(result.advice),
  ];
}

/** What was found besides the changes of modes, and what they say. `comparable` is the document's. */
export function changeFindings(
  result: JobComparison & Changed & { readonly elapsedMs: number },
  comparable: Document<"compare">["comparable"],
): string[] {
  return [
    aroundText(result),
    ...haveSameCode(result.against, comparable) ? ["! both jobs have the same code."] : [],
    ...result.notices.map(noticeLine),
    ...changeLines(result),
  ];
}

/** What was compared: `compare job.ts · 48 of 64 items · …`, an old job with a new one, or a job in two runtimes. */
function titleOf(result: Omit<CompareResult, "next" | "plan" | "savedPlan">): string {
  return `compare ${comparedName(result)} · ${amountText(result)}`;
}

/** What was compared, and how often: `48 of 64 items · 12 shuffled rounds · outputs equal (sha256 c9a3f743)`. */
export function amountText({ itemCount, itemsGiven, passes, once, rounds, digest }: JobComparison): string {
  const compared = digest === null
    ? "outputs not compared"
    : `outputs equal (sha256 ${printableLine(digest.slice(0, 8))})`;
  const part = itemCount === itemsGiven ? "" : `${whole(itemCount)} of `;
  const times = passes === 1 ? "" : ` ${plural(passes, "time")}`;
  const items = `${part}${plural(itemsGiven, "item")}${times}${once ? " a run, once each" : ""}`;
  return `${items} · ${plural(rounds, "shuffled round")} · ${compared}`;
}

/** Whether the machine was steady and free, and our own cost. */
export function aroundText({ control, contention, rounds, overheadUs }: JobComparison): string {
  const range = control.interval === null ? "" : ` ${formatInterval(control.interval)}`;
  const result = control.failed ? ": the machine is not steady" : "";
  const own = `our own cost ${formatDuration(overheadUs / 1000)} an item`;
  return `A/A control ${formatRatio(control.ratio)}${range}${result} · ${foreignText(contention, rounds)} · ${own}`;
}

function foreignText({ foreignCores, rounds: contended }: Contention, rounds: number): string {
  if (foreignCores === null) return "what other programs took is unknown";
  const some = contended === 0 ? "" : `, too much in ${contended} of ${plural(rounds, "round")}`;
  return `other programs took ${foreignCores.toFixed(2)} cores${some}`;
}

/** What one item goes through. */
export function phasesText({ computingMs, blockingMs, waitingMs, transferMs }: Phases): string {
  const sending = `${formatDuration(transferMs)} to send and receive`;
  if (computingMs === null || blockingMs === null || waitingMs === null) return `One item: ${sending}.`;
  const blocking = blockingMs < 0.01 * (computingMs + waitingMs) ? "" : `${formatDuration(blockingMs)} blocking, `;
  return `One item: ${formatDuration(computingMs)} CPU, ${formatDuration(waitingMs)} waiting, ${blocking}${sending}.`;
}

/** Where threads begin to win over tasks. */
export function breakEvenText({ breakEvenMs, phases: { waitingMs } }: JobComparison): string[] {
  if (breakEvenMs === null || waitingMs === null) return [];
  if (breakEvenMs === 0) return ["Threads win over tasks however little an item computes."];
  return [`Threads win above ${formatDuration(breakEvenMs)} of CPU per item; below, tasks do.`];
}

function nextLines({ itemsUsed, itemsGiven, savedPlan, next, notices }: CompareResult): string[] {
  const isCut = notices.some((notice) => notice.kind === "fewer-rounds" && notice.why !== "settled");
  const often = isCut ? "at most once each" : "once each";
  return [
    ...itemsUsed === null
      ? []
      : [`The first ${whole(itemsUsed)} of ${plural(itemsGiven, "item")} have run, ${often}; the others have not.`],
    ...savedPlan === null ? [] : [`Plan saved: ${printableLine(savedPlan)}`],
    ...next === null ? [] : [`Next: ${printableLine(next)}`],
  ];
}
