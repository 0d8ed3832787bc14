import { assert, assertEquals } from "@std/assert";
import { partsBar } from "../../../../lib/report/html/charts/bar.ts";
import { forestPlot } from "../../../../lib/report/html/charts/forest.ts";
import { heatMap } from "../../../../lib/report/html/charts/heat_map.ts";
import { eventLanes } from "../../../../lib/report/html/charts/lanes.ts";
import { linePlot } from "../../../../lib/report/html/charts/lines.ts";
import { linearAxis } from "../../../../lib/report/html/charts/axis.ts";
import { slotKeys, slotLanes } from "../../../../lib/report/html/charts/slot_lanes.ts";
import { stripPlot } from "../../../../lib/report/html/charts/strip.ts";
import type { Markup } from "../../../../lib/report/html/markup.ts";
import type { AttemptEnd, RunTimeline, TimelineAttempt } from "../../../../lib/model/timeline.ts";
import { manyAttempts, saved } from "../documents.ts";

/** The texts of a chart, in order; the title first. */
const textsOf = ({ text }: Markup) => [...text.matchAll(/<(?:title|text)[^>]*>([^<]*)</g)].map(([, words]) => words);

/** The paths with a class, as lists of numbers. */
const pathsOf = ({ text }: Markup, look: string) =>
  [...text.matchAll(/<path class="([^"]*)" d="([^"]*)"/g)].filter(([, found]) => found.split(" ").includes(look))
    .map(([, , path]) => path);

Deno.test("forest: each effect has its label, its number, its interval and its limit, on one axis", () => {
  const chart = forestPlot("f", "Effects", [
    { label: "a & b", ratio: 2, interval: [1, 4], color: "tasks", limit: 1 },
    { label: "c", ratio: 4, interval: null, color: "threads" },
  ]);
  assertEquals(textsOf(chart), [
    "Effects",
    "1×",
    "1.2×",
    "1.5×",
    "2×",
    "3×",
    "a &amp; b",
    "c",
    "2.00× (1.00…4.00)",
    "4.00×",
  ]);
  const [interval] = pathsOf(chart, "line");
  const [, from, y, to] = /^M([\d.]+) ([\d.]+)H([\d.]+)/.exec(interval) ?? [];
  const [dot, second] = pathsOf(chart, "dot").map((path) => path.match(/[\d.]+/g)?.map(Number) ?? []);
  assertEquals([dot[1], dot[0]], [Number(y), Math.round((Number(from) + Number(to)) * 5) / 10]); // the middle, as it is logarithmic
  assertEquals([second[0], second[1] > dot[1]], [Number(to), true]);
  assertEquals(pathsOf(chart, "line").length, 1); // none without an interval
  assertEquals(pathsOf(chart, "one"), [`M${from} 0V84`]);
  assert(pathsOf(chart, "limit")[0].startsWith(`M${from} `));
});

Deno.test("strip: a dot for each run, from the first round down to the last, and a line at the median", () => {
  const { chart, points, drawn } = stripPlot("s", "Runs", [
    { label: "serial 1×1", values: [10, 12, 11], color: "serial" },
    { label: "threads 2×1", values: [5], color: "threads" },
  ]);
  assertEquals([points, drawn], [4, 4]);
  assertEquals(textsOf(chart).slice(-4), ["serial 1×1", "threads 2×1", "11.0 ms", "5.00 ms"]);
  const [three, one] = pathsOf(chart, "dot").map((path) => path.split("z").length - 1);
  assertEquals([three, one], [3, 1]);
  const steps = [...pathsOf(chart, "dot")[0].matchAll(/m(-?[\d.]+) (-?[\d.]+)z/g)].map((
    [, x, y],
  ) => [Number(x), Number(y)]);
  assertEquals(steps.map(([, y]) => y), [22, 10, 10]);
  assertEquals([Math.sign(steps[1][0]), Math.sign(steps[2][0])], [1, -1]);
  assertEquals(pathsOf(chart, "median")[0].match(/M/g)?.length, 2);
});

Deno.test("strip: of runs that cannot be told apart, one is drawn", () => {
  const values = Array.from({ length: 100_000 }, (_, round) => 10 + round % 3);
  const { points, drawn, chart } = stripPlot("s", "Runs", [{ label: "serial", values, color: "serial" }]);
  assertEquals(points, 100_000);
  assertEquals(drawn, 33); // three places, each in the 11 lines of the band
  assert(chart.text.length < 2_000);
});

Deno.test("heat map: a cell for each threads and tasks, shaded from the slowest to the fastest; the best is framed", () => {
  const document = saved("compare_grid");
  assert(document.command === "compare" && document.result.grid !== null);
  const { grid } = document.result;
  const chart = heatMap("h", "Grid", grid);
  assertEquals(chart.text.match(/<rect /g)?.length, grid.cells.length);
  assertEquals(
    textsOf(chart).filter((text) => text.endsWith("×")),
    grid.cells.map(({ ratio }) => `${ratio.toFixed(2)}×`),
  );
  const shades = [...chart.text.matchAll(/<rect class="heat(\d)/g)].map(([, shade]) => Number(shade));
  const byRatio = grid.cells.map(({ ratio }, i) => ({ ratio, shade: shades[i] })).toSorted((a, b) => a.ratio - b.ratio);
  assertEquals(byRatio.map(({ shade }) => shade), shades.toSorted((a, b) => a - b));
  assertEquals([Math.min(...shades), Math.max(...shades)], [0, 4]);
  assertEquals(chart.text.match(/class="heat4 best"/g)?.length, 1);
});

Deno.test("lines: each goes through its points; names at one place move apart", () => {
  const [x, y] = [linearAxis([0, 4], "count", [0, 1000]), linearAxis([0, 4], "ratio", [200, 0])];
  const series = ["one", "two", "three"].map((label, i) => ({
    label,
    points: [[1, 1], [4, 2 + i / 100]] as const,
    color: `c${i}`,
  }));
  const ideal = { label: "ideal", points: [[1, 1], [4, 4]], color: "serial" } as const;
  const chart = linePlot("l", "Speed", series, { x, y, height: 200, axes: { across: "threads", up: "speed" }, ideal });
  assertEquals(pathsOf(chart, "line").length, 3);
  assertEquals(pathsOf(chart, "ideal").length, 1);
  assertEquals(
    pathsOf(chart, "ideal")[0],
    `M${round(x.place(1))},${round(y.place(1))}L${round(x.place(4))},${round(y.place(4))}`,
  );
  const names = [...chart.text.matchAll(/<text[^>]* y="([\d.]+)">(one|two|three|ideal)</g)].map(([, at]) => Number(at));
  const sorted = names.toSorted((a, b) => a - b);
  assertEquals(sorted.length, 4);
  sorted.forEach((at, i) => assert(i === 0 || at - sorted[i - 1] >= 15, `${sorted}`));
});

Deno.test("lanes: a dot for each event of a kind, all on one axis of time", () => {
  const chart = eventLanes("e", "Events", [
    { label: "messages", times: [0, 1000], color: "c0" },
    { label: "intervals", times: [500], color: "c1" },
  ]);
  const [messages, intervals] = pathsOf(chart, "dot");
  const [first, last] = [...messages.matchAll(/m(-?[\d.]+) /g)].map(([, x]) => Number(x));
  const [middle] = [...intervals.matchAll(/m(-?[\d.]+) /g)].map(([, x]) => Number(x));
  assert(Math.abs(middle - (first + (first + last)) / 2) < 0.2);
  assertEquals(textsOf(chart).slice(-2), ["messages", "intervals"]);
});

/** An attempt from and until then. */
const attempt = (
  [thread, task]: readonly [number, number],
  [startMs, endMs]: readonly [number, number],
  outcome: AttemptEnd = "ok",
): TimelineAttempt => ({ thread, task, startMs, endMs, line: 1, attempt: 1, outcome });

/** The bars of a path: from, to, and the middle of their row. */
const barsIn = (path: string) =>
  [...path.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)/g)].map(([, x, y, width]) => [
    Number(x),
    round(Number(x) + Number(width)),
    Number(y),
  ]);

Deno.test("slots: a row for each task of a thread, a bar for each attempt, neighbours in two shades", () => {
  const timeline: RunTimeline = {
    attempts: [
      attempt([0, 0], [0, 10]),
      attempt([0, 0], [10, 20]),
      attempt([0, 1], [5, 40]),
      attempt([2, 0], [20, 40]),
    ],
    leftOut: 0,
    events: [],
  };
  const { chart, threadsLeftOut, tasksLeftOut } = slotLanes("s", "Slots", timeline);
  assertEquals([threadsLeftOut, tasksLeftOut], [0, 0]);
  assertEquals(textsOf(chart).filter((text) => text.startsWith("thread")), ["thread 0", "thread 2"]);
  const axis = linearAxis([0, 40], "ms", [0, 1000]);
  const [even, odd] = ["c0", "c0-shade"].map((look) => pathsOf(chart, look).flatMap(barsIn));
  const isAt = (bars: readonly number[][], spans: readonly number[][]) =>
    bars.flatMap(([from, to], i) => [from - axis.place(spans[i][0]), to - axis.place(spans[i][1])])
      .every((off) => Math.abs(off) < 0.15);
  assertEquals([even.length, odd.length], [3, 1]);
  assert(isAt(even, [[0, 10], [5, 40], [20, 40]]) && isAt(odd, [[10, 20]]));
  const [first, second, third] = even.map(([, , y]) => y);
  assertEquals([odd[0][2], second - first, third > second + 12], [first, 12, true]);
  assertEquals(pathsOf(chart, "lane").flatMap((path) => path.match(/M0 /g)).length, 3);
});

Deno.test("slots: what did not end well has a bar, and a mark of its own with a hole of its own", () => {
  const outcomes = ["failed", "retried", "lost"] as const;
  const attempts = outcomes.map((outcome, i) => attempt([0, i], [10 * i, 30], outcome));
  const { chart } = slotLanes("s", "Slots", { attempts, leftOut: 0, events: [] });
  const shapes = [...chart.text.matchAll(/<path class="(?:dot )?((?:mark|hole|slit)[^"]*)"/g)].map(([, look]) => look);
  assertEquals(
    shapes,
    [
      "dot mark box fails",
      "dot hole box",
      "dot mark disc unclear",
      "dot hole disc",
      "dot mark disc c3",
      "slit",
    ].map((look) => look.replace(/^dot /, "")),
  );
});

Deno.test("slots: bars of no time are drawn, and of marks that hide each other one", () => {
  const attempts = Array.from({ length: 300 }, (_, i) => attempt([0, 0], [i, i], "failed"));
  const { chart } = slotLanes("s", "Slots", { attempts, leftOut: 0, events: [] });
  assertEquals(pathsOf(chart, "bar").flatMap(barsIn).length, 300);
  const [marks] = pathsOf(chart, "mark").map((path) => path.split("z").length - 1);
  assert(marks > 60 && marks <= 1000 / 12 + 1, `${marks}`);
});

Deno.test("slots: steals stand below their thread, restarts through it", () => {
  const { chart } = slotLanes("s", "Slots", {
    attempts: [attempt([0, 0], [0, 40]), attempt([1, 0], [0, 40])],
    leftOut: 0,
    events: [
      { kind: "steal", thread: 1, atMs: 10, items: 3 },
      { kind: "restart", thread: 0, atMs: 20 },
      { kind: "restart", thread: 1, atMs: 400 },
    ],
  });
  const x = (ms: number) => round(linearAxis([0, 40], "ms", [0, 1000]).place(ms));
  const rows = pathsOf(chart, "bar").flatMap(barsIn).map(([, , y]) => y);
  const [[steal], [restarts]] = ["steal", "restart"].map((look) => pathsOf(chart, look));
  assertEquals(steal, `M${x(10)} ${rows[1] + 6}v7`);
  assertEquals(restarts.split("M").slice(1), rows.map((y, i) => `${i === 0 ? x(20) : 1000} ${y - 9}V${y + 9}`));
});

Deno.test("slots: threads and tasks without room are counted; a thread says how many of its tasks are drawn", () => {
  const timeline = { attempts: manyAttempts(20, 40), leftOut: 0, events: [] };
  const { chart, threadsLeftOut, tasksLeftOut } = slotLanes("s", "Slots", timeline);
  assertEquals([threadsLeftOut, tasksLeftOut], [4, 16 * 38]);
  assertEquals(textsOf(chart).filter((text) => text === "2 of 40 tasks").length, 16);
  const one = slotLanes("s", "Slots", { ...timeline, attempts: manyAttempts(1, 40) });
  assertEquals([one.threadsLeftOut, one.tasksLeftOut], [0, 28]);
  assertEquals(slotLanes("s", "Slots", { ...timeline, attempts: manyAttempts(2, 12) }).tasksLeftOut, 0);
});

Deno.test("slots: the key has what is in the chart, and nothing else", () => {
  const keys = (timeline: Partial<RunTimeline>) =>
    [...slotKeys({ attempts: [], leftOut: 0, events: [], ...timeline }).text.matchAll(/<li[^>]*>([^<]*)/g)]
      .map(([, text]) => text);
  assertEquals(keys({ attempts: [attempt([0, 0], [0, 1])] }), ["ok"]);
  assertEquals(
    keys({
      attempts: (["lost", "retried", "failed"] as const).map((outcome) => attempt([0, 0], [0, 1], outcome)),
      events: [{ kind: "restart", thread: 0, atMs: 1 }, { kind: "steal", thread: 0, atMs: 1, items: 1 }],
    }),
    ["failed", "failed, and ran again", "lost with its thread", "items stolen for an idle thread", "thread replaced"],
  );
});

Deno.test("bar: the parts fill it; what is nothing is left out", () => {
  const part = (label: string, value: number) => ({ label, value, text: `${value}`, color: label });
  const { text } = partsBar("b", "Items", [part("ok", 3), part("failed", 1), part("blank", 0)]);
  const rects = [...text.matchAll(/<rect class="(\w+)" x="([\d.]+)" width="([\d.]+)"/g)].map(([, ...all]) => all);
  assertEquals(rects, [["ok", "0", "750"], ["failed", "750", "250"]]);
  assert(text.includes("failed <b>1</b>") && !text.includes("blank"));
});

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
