import { median, quantileOfSorted } from "../../stats/quantiles.ts";
import { durationsIn } from "../units.ts";
import { plural, whole } from "../words.ts";
import { type Strip, stripPlot } from "./charts/strip.ts";
import { type Content, type Markup, markup } from "./markup.ts";
import { figure } from "./section.ts";
import { left, right } from "../table.ts";
import { foldedTable } from "./table.ts";

/** What a reader of strip plots must know. */
export const aboutRuns =
  "A dot for each run, by its time: the first round above, the last below. The line and the number are the median.";

/** There is a row for each round up to so many of them, else quantiles. */
const maxRows = 100;

/** Shares of the runs, and the titles of their quantiles. */
type Quantiles = readonly (readonly [share: number, title: string])[];

const few: Quantiles = [[0, "MIN"], [0.5, "MEDIAN"], [1, "MAX"]];
const many: Quantiles = [[0, "MIN"], [0.25, "25 %"], [0.5, "MEDIAN"], [0.75, "75 %"], [0.99, "99 %"], [1, "MAX"]];

/** The times of all runs as a strip plot, with a table of them. */
export function runsFigure(id: string, title: string, strips: readonly Strip[]): Markup {
  const rounds = strips.reduce((most, { values }) => Math.max(most, values.length), 0);
  return figure(
    title,
    plotOf(id, title, strips),
    rounds <= maxRows ? everyRound(strips, rounds) : summary(strips, many),
  );
}

/** The same where there are many such plots: its table has quantiles. */
export function smallRunsFigure(id: string, title: string, strips: readonly Strip[]): Markup {
  return figure(title, plotOf(id, title, strips), summary(strips, few));
}

function plotOf(id: string, title: string, strips: readonly Strip[]): Content {
  const { chart, points, drawn } = stripPlot(id, `${title}: the time of each run`, strips);
  if (points === drawn) return chart;
  return [
    chart,
    markup`<p class="few">${plural(points, "run")}, ${
      plural(drawn, "dot")
    }: runs that cannot be told apart share one.</p>`,
  ];
}

function everyRound(strips: readonly Strip[], rounds: number): Markup {
  const columns = strips.map(({ label, values }) => ({ label, values, ...durationsIn(median(values)) }));
  const rows = Array.from({ length: rounds }, (_, round) => [
    round + 1,
    ...columns.map(({ values, text }) => round < values.length ? text(values[round]) : "–"),
  ]);
  return foldedTable(
    "Every run",
    [left("ROUND"), ...columns.map(({ label, unit }) => right(`${label}, ${unit}`))],
    rows,
  );
}

function summary(strips: readonly Strip[], quantiles: Quantiles): Markup {
  const rows = strips.map(({ label, values }) => {
    const { unit, text } = durationsIn(median(values));
    const sorted = Float64Array.from(values).sort();
    return [
      `${label}, ${unit}`,
      whole(values.length),
      ...quantiles.map(([share]) => text(quantileOfSorted(sorted, share))),
    ];
  });
  const columns = [left("TIME OF"), right("RUNS"), ...quantiles.map(([, name]) => right(name))];
  return foldedTable("Numbers", columns, rows);
}
