import {
  type AttemptEnd,
  maxAttempts,
  type RunTimeline,
  type TimelineAttempt,
  type TimelineEvent,
} from "../../../model/timeline.ts";
import { left, right } from "../../table.ts";
import { durationsIn, formatDuration, formatShare } from "../../units.ts";
import { listed, plural, pluralIs, whole } from "../../words.ts";
import { ends } from "../charts/axis.ts";
import { slotKeys, slotLanes, threadsIn } from "../charts/slot_lanes.ts";
import { type Markup, markup, nothing } from "../markup.ts";
import { figure, section } from "../section.ts";
import { foldedTable, table } from "../table.ts";

/** Rows that a table has, at most; and if it is not folded. */
const [maxRows, maxOpenRows] = [100, 16];

/** What the threads of a run did when; nothing if no attempt is known. */
export function timelineSection(timeline: RunTimeline, id: string): Markup[] {
  const { attempts } = timeline;
  if (attempts.length === 0) return [];
  const title = "Attempts by thread and task";
  const lanes = slotLanes(`${id}-slots`, `${title}: when each ran, and how it ended`, timeline);
  return [section(
    "Threads over time",
    "Each row is a task of a thread, and each bar an attempt of an item, from its start to its end; neighbours differ in " +
      "shade. Times count from the start of the run. Attempts that had not ended are missing.",
    figure(
      title,
      lanes.chart,
      slotKeys(timeline),
      leftOut(timeline, lanes).map((line) => markup`<p class="few">${line}</p>`),
    ),
    threadTable(timeline),
    attemptTable(attempts),
  )];
}

/** What the chart does not show. */
function leftOut(
  { attempts, leftOut }: RunTimeline,
  { threadsLeftOut, tasksLeftOut }: { readonly threadsLeftOut: number; readonly tasksLeftOut: number },
): string[] {
  const [, endMs] = spanOf(attempts);
  const shown = `${whole(attempts.length)} of ${plural(attempts.length + leftOut, "attempt")} are shown`;
  const why = attempts.length < maxAttempts
    ? ": of the others nobody knows when they ran"
    : `, until ${formatDuration(endMs)}: a document has the first ${whole(maxAttempts)} that ended`;
  const later = leftOut === 0 ? [] : [`${shown}${why}.`];
  const without = [
    ...threadsLeftOut === 0 ? [] : [plural(threadsLeftOut, "thread")],
    ...tasksLeftOut === 0 ? [] : [plural(tasksLeftOut, "task")],
  ];
  if (without.length === 0) return later;
  const are = without.length > 1
    ? `${listed(without)} are`
    : pluralIs(threadsLeftOut + tasksLeftOut, threadsLeftOut > 0 ? "thread" : "task");
  return [...later, `${are} not drawn, for lack of room.`];
}

/** A column of numbers, which is there if one of them is not 0, or always. */
interface Count {
  readonly title: string;
  readonly always?: true;
  of(attempts: readonly TimelineAttempt[], events: readonly TimelineEvent[]): number;
}

const ended = (title: string, outcome: AttemptEnd): Count => ({
  title,
  of: (attempts) => attempts.filter((attempt) => attempt.outcome === outcome).length,
});

const counts: readonly Count[] = [
  { title: "TASKS", always: true, of: (attempts) => attempts.reduce((most, { task }) => Math.max(most, task + 1), 0) },
  { title: "ATTEMPTS", always: true, of: (attempts) => attempts.length },
  ended("FAILED", "failed"),
  ended("RETRIED", "retried"),
  ended("LOST", "lost"),
  {
    title: "STOLEN",
    of: (_, events) => events.reduce((sum, event) => sum + (event.kind === "steal" ? event.items : 0), 0),
  },
  { title: "REPLACED", of: (_, events) => events.filter(({ kind }) => kind === "restart").length },
];

function threadTable(timeline: RunTimeline): Markup {
  const [, endMs] = spanOf(timeline.attempts);
  const attemptsBy = Map.groupBy(timeline.attempts, ({ thread }) => thread);
  const eventsBy = Map.groupBy(timeline.events, ({ thread }) => thread);
  const threads = threadsIn(timeline);
  const columns = counts.map(({ title, always = false, of }) => {
    const numbers = threads.map((thread) => of(attemptsBy.get(thread) ?? [], eventsBy.get(thread) ?? []));
    return { title, numbers, shown: always || numbers.some((number) => number > 0) };
  }).filter(({ shown }) => shown);
  const rows = threads.map((thread, i) => [
    thread,
    ...columns.map(({ numbers }) => whole(numbers[i])),
    formatShare(busyMs(attemptsBy.get(thread) ?? []) / endMs),
  ]);
  const titles = [left("THREAD"), ...columns.map(({ title }) => right(title)), right("BUSY")];
  if (threads.length <= maxOpenRows) return table("Threads", titles, rows);
  return foldedTable(firstOf("Threads", threads.length), titles, rows.slice(0, maxRows));
}

/** All attempts if they are few, else those that did not end well. */
function attemptTable(attempts: readonly TimelineAttempt[]): Markup {
  const isFew = attempts.length <= maxRows;
  const all = (isFew ? attempts : attempts.filter(({ outcome }) => outcome !== "ok"))
    .toSorted((a, b) => a.startMs - b.startMs);
  if (all.length === 0) return nothing;
  const which = isFew ? "Every attempt" : "Attempts that failed or were lost";
  const [, endMs] = spanOf(attempts);
  const [start, took] = [durationsIn(endMs), durationsIn(Math.max(...all.map(lasted)))];
  return foldedTable(
    firstOf(which, all.length),
    [
      left("LINE"),
      right("ATTEMPT"),
      right("THREAD"),
      right("TASK"),
      right(`START, ${start.unit}`),
      right(`TOOK, ${took.unit}`),
      left("OUTCOME"),
    ],
    all.slice(0, maxRows).map((one) => [
      whole(one.line),
      one.attempt,
      one.thread,
      one.task,
      start.text(one.startMs),
      took.text(lasted(one)),
      one.outcome,
    ]),
  );
}

/** A caption that says how many rows there are, if not all of them are. */
function firstOf(caption: string, count: number): string {
  return count <= maxRows ? caption : `${caption}: the first ${maxRows} of ${whole(count)}`;
}

function lasted({ startMs, endMs }: TimelineAttempt): number {
  return endMs - startMs;
}

/** For how long at least one of these ran. */
function busyMs(attempts: readonly TimelineAttempt[]): number {
  let [busy, until] = [0, 0];
  for (const { startMs, endMs } of attempts.toSorted((a, b) => a.startMs - b.startMs)) {
    busy += Math.max(0, endMs - Math.max(startMs, until));
    until = Math.max(until, endMs);
  }
  return busy;
}

function spanOf(attempts: readonly TimelineAttempt[]) {
  return ends([0, ...attempts.map(({ endMs }) => endMs)]);
}
