import type { Markup } from "../markup.ts";
import { linearAxis } from "./axis.ts";
import { chart, type Color, dots, label, labels, planeWidth, stroke, xAxis } from "./svg.ts";

/** What happened of one kind, by time in milliseconds. */
export interface Lane {
  readonly label: string;
  readonly times: readonly number[];
  readonly color: Color;
}

const laneHeight = 40;

/** Lanes of events over one time: a dot for each event. */
export function eventLanes(id: string, title: string, lanes: readonly Lane[]): Markup {
  const axis = linearAxis([0, ...lanes.flatMap(({ times }) => times)], "ms", [0, planeWidth]);
  const height = lanes.length * laneHeight;
  const across = xAxis(axis.ticks, height);
  return chart({
    id,
    title,
    height,
    marks: [
      across.lines,
      ...lanes.flatMap(({ times, color }, row) => {
        const y = row * laneHeight + 28;
        return [
          stroke(`M0 ${y}H${planeWidth}`, "lane"),
          dots(times.map((time) => [axis.place(time), y]), `big ${color}`),
        ];
      }),
    ],
    texts: [across.labels, labels("halo", lanes.map(({ label: text }, row) => label(text, 0, row * laneHeight + 14)))],
  });
}
