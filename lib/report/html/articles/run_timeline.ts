import type { RunTimeline, TimelineAttempt } from "../../../model/timeline.ts";
import { left, right } from "../../table.ts";
import { durationsIn, formatDuration, formatShare } from "../../units.ts";
import { listed, plural, pluralIs, whole } from "../../words.ts";
import { ends } from "../charts/axis.ts";
import { slotKeys, slotLanes, threadsIn } from "../charts/slot_lanes.ts";
import { type Markup, markup, nothing } from "../markup.ts";
import { figure, section } from "../section.ts";
import { foldedTable, table } from "../table.ts";

/** Attempts that a table has, at most. */
const maxRows = 100;

/** What the threads of a run did when; nothing if no attempt is known. */
export function timelineSection(timeline: RunTimeline, id: string): Markup[] {
  const { attempts } = timeline;
  if (attempts.length === 0) return [];
  const title = "Attempts by thread and task";
  const lanes = slotLanes(`${id}-slots`, `${title}: when each ran, and how it ended`, timeline);
  return [section(
    "Threads over time",
    "A row is one of the items that a thread ran at once, a bar an attempt of an item from its start to its end. " +
      "Times count from the run's start. An attempt shows when it has ended.",
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
  const later = leftOut === 0 ? [] : [
    `${whole(attempts.length)} of ${
      plural(attempts.length + leftOut, "attempt")
    } are shown, those that ended first: within ${formatDuration(endMs)}.`,
  ];
  const without = [
    ...threadsLeftOut === 0 ? [] : [plural(threadsLeftOut, "thread")],
    ...tasksLeftOut === 0 ? [] : [plural(tasksLeftOut, "task")],
  ];
  if (without.length === 0) return later;
  const are = without.length > 1
    ? `${listed(without)} are`
    : pluralIs(threadsLeftOut + tasksLeftOut, threadsLeftOut > 0 ? "thread" : "task");
  return [...later, `${are} not drawn, for lack of room; the tables count them.`];
}

function threadTable(timeline: RunTimeline): Markup {
  const { attempts, events } = timeline;
  const [, endMs] = spanOf(attempts);
  const byThread = Map.groupBy(attempts, ({ thread }) => thread);
  const eventsBy = Map.groupBy(events, ({ thread }) => thread);
  const rows = threadsIn(timeline).map((thread) => {
    const own = byThread.get(thread) ?? [];
    const count = (outcome: TimelineAttempt["outcome"]) => own.filter((attempt) => attempt.outcome === outcome).length;
    const happened = eventsBy.get(thread) ?? [];
    const stolen = happened.reduce((sum, event) => sum + (event.kind === "steal" ? event.items : 0), 0);
    return [
      thread,
      whole(own.reduce((most, { task }) => Math.max(most, task + 1), 0)),
      whole(own.length),
      ...(["ok", "failed", "retried", "lost"] as const).map((outcome) => whole(count(outcome))),
      whole(stolen),
      whole(happened.filter(({ kind }) => kind === "restart").length),
      formatShare(busyMs(own) / endMs),
    ];
  });
  return table("Threads", [
    left("THREAD"),
    right("TASKS"),
    right("ATTEMPTS"),
    right("OK"),
    right("FAILED"),
    right("RAN AGAIN"),
    right("LOST"),
    right("TAKEN BACK"),
    right("REPLACED"),
    right("BUSY"),
  ], rows);
}

/** All attempts if they are few, else those that did not end well. */
function attemptTable(attempts: readonly TimelineAttempt[]): Markup {
  const isFew = attempts.length <= maxRows;
  const all = (isFew ? attempts : attempts.filter(({ outcome }) => outcome !== "ok"))
    .toSorted((a, b) => a.startMs - b.startMs);
  if (all.length === 0) return nothing;
  const which = isFew ? "Every attempt" : "Attempts that failed or were lost";
  const caption = all.length <= maxRows ? which : `${which}: the first ${maxRows} of ${whole(all.length)}`;
  const [, endMs] = spanOf(attempts);
  const [start, took] = [durationsIn(endMs), durationsIn(Math.max(...all.map(lasted)))];
  return foldedTable(
    caption,
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
