import type { AttemptEnd, RunTimeline, TimelineAttempt } from "../../../model/timeline.ts";
import { whole } from "../../words.ts";
import { type Markup, markup } from "../markup.ts";
import { type Axis, ends, linearAxis } from "./axis.ts";
import { chart, dots, label, labels, planeWidth, short, stroke, xAxis } from "./svg.ts";

/** Rows of one thread, and of all threads, and threads, that there is room for: beyond these, none can be read. */
const [maxRowsOfThread, maxRows, maxThreads] = [12, 40, 16];

/** The height of a row, of the line with a thread's name, and of the gap below its rows, in pixels. */
const [rowHeight, nameHeight, gap] = [12, 20, 10];

/** Marks in one row that are nearer to each other than this, in units of the plane, would hide each other: one is drawn. */
const markWidth = 12;

/** How attempts look that did not end well: the colour of their bars and marks, the shape of a mark, and of the hole in it. */
const looks = {
  failed: { color: "fails", mark: "box", hole: "box" },
  retried: { color: "unclear", mark: "disc", hole: "disc" },
  lost: { color: "c3", mark: "disc", hole: "slit" },
} as const satisfies Partial<Record<AttemptEnd, Readonly<Record<"color" | "mark" | "hole", string>>>>;

const notWell = ["failed", "retried", "lost"] as const satisfies readonly (keyof typeof looks)[];

/** What a chart of slots shows, and what it leaves out for lack of room. */
export interface SlotLanes {
  readonly chart: Markup;
  /** Threads, and tasks of threads that are drawn, without a row. */
  readonly threadsLeftOut: number;
  readonly tasksLeftOut: number;
}

/** A thread that is drawn: its attempts, and where its rows stand. */
interface Lane {
  readonly thread: number;
  readonly attempts: readonly TimelineAttempt[];
  readonly tasks: number;
  readonly rows: number;
  /** Where its name stands, and its first row, and where the last one ends. */
  readonly top: number;
  readonly first: number;
  readonly bottom: number;
}

/**
 * What the threads of a run did when: a row for each task of a thread, and in it a bar for each attempt, in two shades by turns. Those
 * that did not end well have a colour and a mark of their own.
 */
export function slotLanes(id: string, title: string, timeline: RunTimeline): SlotLanes {
  const all = threadsIn(timeline);
  const shown = all.slice(0, maxThreads);
  const lanes = lanesOf(timeline, shown);
  const height = lanes.at(-1)?.bottom ?? 0;
  const axis = linearAxis([0, ...ends([0, ...timeline.attempts.map(({ endMs }) => endMs)])], "ms", [0, planeWidth]);
  const across = xAxis(axis.ticks, height + gap);
  return {
    threadsLeftOut: all.length - shown.length,
    tasksLeftOut: lanes.reduce((sum, { tasks, rows }) => sum + tasks - rows, 0),
    chart: chart({
      id,
      title,
      height: height + gap,
      marks: [
        across.lines,
        stroke(lanes.flatMap((lane) => rowsOf(lane).map((y) => `M0 ${y}H${planeWidth}`)).join(""), "lane"),
        ...barsOf(lanes, axis),
        ...eventsOf(timeline, lanes, axis),
        ...notWell.flatMap((outcome) => marksOf(outcome, lanes, axis)),
      ],
      texts: [
        across.labels,
        labels("halo", lanes.map(({ thread, top }) => label(`thread ${thread}`, 0, top + 13))),
        labels(
          "halo end dim num",
          lanes.filter(({ tasks, rows }) => tasks > rows).map(({ tasks, rows, top }) =>
            label(`${rows} of ${whole(tasks)} tasks`, planeWidth, top + 13)
          ),
        ),
      ],
    }),
  };
}

/** What the shapes and colours of a chart of slots mean, of those that are in it. */
export function slotKeys({ attempts, events }: RunTimeline): Markup {
  const has = (outcome: AttemptEnd) => attempts.some((attempt) => attempt.outcome === outcome);
  const keys: [look: string, text: string, shown: boolean][] = [
    ["c0", "ok", has("ok")],
    ["fails box", "failed", has("failed")],
    ["unclear disc", "failed, and ran again", has("retried")],
    ["c3 slit", "lost with its thread", has("lost")],
    ["c2 tick", "items stolen for an idle thread", events.some(({ kind }) => kind === "steal")],
    ["c3 dash", "thread replaced", events.some(({ kind }) => kind === "restart")],
  ];
  const items = keys.filter(([, , shown]) => shown).map(([look, text]) => markup`<li class="${look}">${text}</li>`);
  return markup`<ul class="keys">${items}</ul>`;
}

/** The threads that something is known of, in order. */
export function threadsIn({ attempts, events }: RunTimeline): number[] {
  return [...new Set([...attempts, ...events].map(({ thread }) => thread))].sort((a, b) => a - b);
}

function lanesOf({ attempts }: RunTimeline, threads: readonly number[]): Lane[] {
  const most = Math.max(1, Math.min(maxRowsOfThread, Math.floor(maxRows / Math.max(1, threads.length))));
  const byThread = Map.groupBy(attempts, ({ thread }) => thread);
  let top = 0;
  return threads.map((thread) => {
    const own = byThread.get(thread) ?? [];
    const tasks = own.reduce((count, { task }) => Math.max(count, task + 1), 1);
    const rows = Math.min(tasks, most);
    const first = top + nameHeight;
    const lane = { thread, attempts: own.filter(({ task }) => task < rows), tasks, rows, top, first };
    top = first + rows * rowHeight + gap;
    return { ...lane, bottom: top - gap };
  });
}

/** The middle of each row. */
function rowsOf({ rows, first }: Lane): number[] {
  return Array.from({ length: rows }, (_, row) => first + (row + 0.5) * rowHeight);
}

/** Bars that ended well in two shades by turns, so that neighbours are apart; then the others, which hide no other bar. */
function barsOf(lanes: readonly Lane[], axis: Axis): Markup[] {
  const paths = { even: "", odd: "", failed: "", retried: "", lost: "" };
  for (const lane of lanes) {
    const middles = rowsOf(lane);
    const counts = middles.map(() => 0);
    for (const { task, startMs, endMs, outcome } of lane.attempts) {
      const [from, to] = [axis.place(startMs), axis.place(endMs)];
      const shade = counts[task]++ % 2 === 0 ? "even" : "odd";
      paths[outcome === "ok" ? shade : outcome] += `M${short(from)} ${middles[task]}h${
        short(Math.max(0.5, to - from))
      }`;
    }
  }
  return [
    stroke(paths.even, "bar c0"),
    stroke(paths.odd, "bar c0-shade"),
    ...notWell.map((outcome) => stroke(paths[outcome], `bar ${looks[outcome].color}`)),
  ];
}

/** Marks in the middle of bars, somewhat higher than these, with a hole: they can be told apart without colours. */
function marksOf(outcome: typeof notWell[number], lanes: readonly Lane[], axis: Axis): Markup[] {
  const places = lanes.flatMap((lane) => {
    const middles = rowsOf(lane);
    const last = middles.map(() => -Infinity);
    return lane.attempts.filter((attempt) => attempt.outcome === outcome).flatMap(({ task, startMs, endMs }) => {
      const x = axis.place((startMs + endMs) / 2);
      if (x - last[task] < markWidth) return [];
      last[task] = x;
      return [[x, middles[task]] as const];
    });
  });
  const { color, mark, hole } = looks[outcome];
  return [
    dots(places, `mark ${mark} ${color}`),
    hole === "slit"
      ? stroke(places.map(([x, y]) => `M${short(x)} ${y - 3}v6`).join(""), "slit")
      : dots(places, `hole ${hole}`),
  ];
}

/** A tick below the rows of a thread for each steal; a line through them where the thread was replaced. */
function eventsOf({ events }: RunTimeline, lanes: readonly Lane[], axis: Axis): Markup[] {
  const paths = { steal: "", restart: "" };
  const byThread = new Map(lanes.map((lane) => [lane.thread, lane]));
  for (const { kind, thread, atMs } of events) {
    const lane = byThread.get(thread);
    if (lane === undefined) continue;
    const x = short(Math.min(planeWidth, axis.place(atMs)));
    paths[kind] += kind === "steal" ? `M${x} ${lane.bottom}v7` : `M${x} ${lane.first - 3}V${lane.bottom + 3}`;
  }
  return [stroke(paths.steal, "steal c2"), stroke(paths.restart, "restart")];
}
