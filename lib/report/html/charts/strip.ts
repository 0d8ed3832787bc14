import { median } from "../../../stats/quantiles.ts";
import { formatDuration } from "../../units.ts";
import type { Markup } from "../markup.ts";
import { ends, fittingAxis } from "./axis.ts";
import { chart, type Color, dots, label, labels, planeWidth, short, stroke, xAxis } from "./svg.ts";

/** The times of the runs of one kind, in the order of the rounds, in milliseconds. At least one. */
export interface Strip {
  readonly label: string;
  readonly values: readonly number[];
  readonly color: Color;
}

/** A strip plot, and what it does not show. */
export interface StripPlot {
  readonly chart: Markup;
  /** How many points there are, and how many of them are drawn: the others cannot be told apart from these. */
  readonly points: number;
  readonly drawn: number;
}

const rowHeight = 50;
/** From the label's line to the first round, and from there to the last one. */
const [labelHeight, bandHeight] = [22, 20];
/** Points in a cell of this size, in units of the plane and in pixels, look like one: a dot is 5 pixels wide. */
const [cellWidth, cellHeight] = [2, 2];

/** A strip plot: a row for each kind, a dot for each run, the first round above and the last one below, a line at the median. */
export function stripPlot(id: string, title: string, strips: readonly Strip[]): StripPlot {
  const axis = fittingAxis(strips.flatMap(({ values }) => ends(values)), "ms", [0, planeWidth]);
  const height = strips.length * rowHeight;
  const across = xAxis(axis.ticks, height);
  const rows = strips.map(({ values }, row) => {
    const step = bandHeight / Math.max(1, values.length - 1);
    const top = row * rowHeight + labelHeight + (values.length === 1 ? bandHeight / 2 : 0);
    return apart(values.map((value, round) => [axis.place(value), top + round * step]));
  });
  const medians = strips.map(({ values }) => median(values));
  return {
    points: strips.reduce((sum, { values }) => sum + values.length, 0),
    drawn: rows.reduce((sum, places) => sum + places.length, 0),
    chart: chart({
      id,
      title,
      height,
      marks: [
        across.lines,
        ...strips.map(({ color }, row) => dots(rows[row], color)),
        stroke(
          medians.map((ms, row) => `M${short(axis.place(ms))} ${row * rowHeight + labelHeight - 3}v26`).join(""),
          "median",
        ),
      ],
      texts: [
        across.labels,
        labels("halo", strips.map((strip, row) => label(strip.label, 0, row * rowHeight + 14))),
        labels("halo end num", medians.map((ms, row) => label(formatDuration(ms), planeWidth, row * rowHeight + 14))),
      ],
    }),
  };
}

/** The places that can be told apart. */
function apart(places: readonly (readonly [x: number, y: number])[]): (readonly [x: number, y: number])[] {
  const seen = new Map<number, readonly [number, number]>();
  for (const [x, y] of places) {
    const [column, row] = [Math.round(x / cellWidth), Math.round(y / cellHeight)];
    const cell = row * planeWidth + column;
    if (!seen.has(cell)) seen.set(cell, [column * cellWidth, row * cellHeight]);
  }
  return [...seen.values()];
}
