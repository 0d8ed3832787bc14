import type { Document } from "../model/document.ts";
import type { StreamItem, StreamRun, StreamsResult } from "../model/result.ts";
import { cyan, dim, yellow } from "./colors.ts";
import { printableLine } from "./printable.ts";
import type { Progressing } from "./progress_text.ts";
import type { Style } from "./style.ts";
import { plural, whole } from "./words.ts";
import { asText, wrapLines } from "./wrap.ts";

/** The text of the book's program: what each run printed, with its moments, and a summary. */
export function streamsText({ result }: Document<"streams">, style: Style): string {
  const runs = result.runs.map((run) =>
    run.items.map(({ atMs, text }) => timedLine(atMs, text, style)).join("") + unsentText(run) +
    streamSummary(run, style)
  );
  return runs.join("") + agreementText(result, style);
}

/** The text of the channel: what came through it, and when. */
export function channelText({ result }: Document<"channel">, style: Style): string {
  return result.items.map(({ atMs, value }) => timedLine(atMs, String(value), style)).join("");
}

/** One printed line with its moment, as a terminal shows it: `   1 ms  Interval #1`. */
export function timedLine(atMs: number, text: string, { color }: Style): string {
  const moment = `${String(Math.round(atMs)).padStart(4)} ms`;
  return `${color ? dim(moment) : moment}  ${printableLine(text)}\n`;
}

/** `7/20 items`. */
export function itemsProgress(done: number, total: number): Progressing {
  return { what: `${whole(done)}/${plural(total, "item")}`, share: total === 0 ? undefined : done / total };
}

/** The book's line for a value that found its channel closed (Listing 17-40); empty if there was none. */
export function unsentText({ unsent }: Pick<StreamRun, "unsent">): string {
  return unsent === null ? "" : `Could not send interval ${unsent}: channel closed\n`;
}

/** `20 items: 10 messages, 5 timeouts, 5 intervals · producer: thread · backlog 1,792`. */
export function streamSummary({ producer, items, backlog }: StreamRun, { color, width }: Style): string {
  const count = (wanted: StreamItem["kind"]) => plural(items.filter(({ kind }) => kind === wanted).length, wanted);
  const paint = producer === "task" ? cyan : yellow;
  const summary = [
    `${plural(items.length, "item")}: ${count("message")}, ${count("timeout")}, ${count("interval")}`,
    `producer: ${producer}`,
    `backlog ${whole(backlog)}`,
  ].join(" · ");
  const painted = (line: string) => color ? line.replace(/(?<=producer: )\w+/, paint) : line;
  return asText(wrapLines([summary], width).map(painted));
}

/** Whether two runs gave the same items; empty for one run. */
export function agreementText(
  { agree, sameOrder, difference }: StreamsResult,
  { width }: Pick<Style, "width">,
): string {
  if (agree === undefined) return "";
  const said = !agree
    ? `the items differ: ${printableLine(`${difference}`)} (task against thread)`
    : sameOrder
    ? "the items agree, in the same order"
    : "the items agree; items due in the same millisecond came in another order";
  return asText(wrapLines([said], width));
}
