import { cyan, dim, yellow } from "./colors.ts";
import type { Style } from "./style.ts";
import { plural, whole } from "./words.ts";

/** One printed line with its moment, as a terminal shows it: `   1 ms  Interval #1`. */
export function timedLine(atMs: number, text: string, { color }: Style): string {
  const moment = `${String(Math.round(atMs)).padStart(4)} ms`;
  return `${color ? dim(moment) : moment}  ${text}\n`;
}

/** The counts of one run of the stream program. */
export interface StreamCounts {
  readonly producer: "task" | "thread";
  readonly message: number;
  readonly timeout: number;
  readonly interval: number;
  readonly backlog: number;
}

/** `20 items: 10 messages, 5 timeouts, 5 intervals · producer: thread · backlog 1,792`. */
export function streamSummary(counts: StreamCounts, { color }: Style): string {
  const { message, timeout, interval, backlog } = counts;
  const paint = counts.producer === "task" ? cyan : yellow;
  const producer = color ? paint(counts.producer) : counts.producer;
  return [
    `${plural(message + timeout + interval, "item")}: ${plural(message, "message")}, ${plural(timeout, "timeout")}, ` +
    plural(interval, "interval"),
    `producer: ${producer}`,
    `backlog ${whole(backlog)}`,
  ].join(" · ") + "\n";
}
