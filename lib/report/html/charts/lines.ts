import { line } from "../d3.ts";
import { type Markup, nothing } from "../markup.ts";
import type { Axis } from "./axis.ts";
import {
  type AxisNames,
  besideText,
  chart,
  type Color,
  dots,
  labels,
  planeWidth,
  stroke,
  xAxis,
  yAxis,
} from "./svg.ts";

/** A line through points, in values of the axes, with its name at its end. */
export interface Series {
  readonly label: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly color: Color;
}

/** What lines are drawn on. */
export interface Plane {
  readonly x: Axis;
  readonly y: Axis;
  readonly height: number;
  /** What the axes count. */
  readonly axes: Pick<AxisNames, "across" | "up">;
  /** A line to compare with, dashed. */
  readonly ideal?: Series;
}

/** Names nearer to each other than this, in units of the plane and in pixels, would overlap. */
const [nearX, nearY] = [200, 15];

/** Lines with dots at their points. Each has its name beside its last point, moved up or down where two would overlap. */
export function linePlot(id: string, title: string, series: readonly Series[], plane: Plane): Markup {
  const { x, y, height, ideal, axes } = plane;
  const path = line<Place>().digits(1);
  const placed = [...ideal === undefined ? [] : [ideal], ...series].filter(({ points }) => points.length > 0)
    .map((one) => ({ ...one, places: one.points.map(([a, b]): Place => [x.place(a), y.place(b)]) }));
  const [across, up] = [xAxis(x.ticks, height), yAxis(y.ticks)];
  const names = apart(placed.map(({ places }) => places[places.length - 1]), height);
  return chart({
    id,
    title,
    height,
    axes: { ...axes, right: true },
    marks: [
      across.lines,
      up.lines,
      ...placed.flatMap(({ places, color, label }) => {
        const isIdeal = label === ideal?.label;
        return [
          stroke(path(places) ?? "", isIdeal ? "ideal" : `line ${color}`),
          isIdeal ? nothing : dots(places, `big ${color}`),
        ];
      }),
    ],
    texts: [
      across.labels,
      up.labels,
      labels("halo", placed.map(({ label }, i) => besideText(label, names[i][0], names[i][1], 9))),
    ],
  });
}

type Place = readonly [x: number, y: number];

/** These places within the plane, moved down and then up as little as they need not to overlap. */
function apart(wanted: readonly Place[], height: number): Place[] {
  const order = wanted.map((_, i) => i).toSorted((a, b) => wanted[a][1] - wanted[b][1]);
  const found = [...wanted];
  const push = (all: readonly number[], sign: 1 | -1) => {
    all.forEach((one, i) => {
      const [x, y] = found[one];
      const before = all.slice(0, i).filter((other) => Math.abs(found[other][0] - x) < nearX).map((other) =>
        found[other][1]
      );
      const ends = [y, ...before.map((other) => other + sign * nearY)];
      found[one] = [x, sign === 1 ? Math.max(...ends) : Math.min(height - 4, ...ends)];
    });
  };
  push(order, 1);
  push(order.toReversed(), -1);
  return found;
}

/** The plane's width as the reach of its axis across. */
export const across = [0, planeWidth] as const;
