import { type Content, type Markup, markup, nothing, raw } from "../markup.ts";
import { nearEndShare, type Tick } from "./axis.ts";

/** The width of a chart's plane in its own units. A chart is as wide as its column: its texts keep their size. */
export const planeWidth = 1000;

/** A colour of the style sheet, as a class: of a mode, a verdict, a series. */
export type Color = string;

/** What a chart is made of. */
export interface Frame {
  /** Unique in the page. */
  readonly id: string;
  /** What the chart shows. */
  readonly title: string;
  /** The height of its plane, in pixels. */
  readonly height: number;
  /** What its axes count; a chart without these names has no room for labels on its left. */
  readonly axes?: AxisNames;
  /** Marks in units of the plane: they are stretched in width, their strokes are not. */
  readonly marks: readonly Markup[];
  /** Texts, whose places are shares of the width. */
  readonly texts: readonly Markup[];
}

/** What the axes of a chart count. */
export interface AxisNames {
  readonly across: string;
  readonly up: string;
  /** Whether there are labels on the right, too. */
  readonly right: boolean;
}

const nearEnd = nearEndShare * planeWidth;

/** Room above and below the plane, for the labels and names of the axes. */
const [aroundPlane, aroundNamed] = [36, 68];

/** A chart: it stretches with its column, and its texts do not. */
export function chart({ id, title, height, axes, marks, texts }: Frame): Markup {
  const plane = markup`<svg height="${height}" viewBox="0 0 ${planeWidth} ${height}" ${stretched}>${marks}</svg>`;
  const look = axes === undefined ? "chart" : axes.right ? "chart named right" : "chart named";
  const tall = height + (axes === undefined ? aroundPlane : aroundNamed);
  const head = markup`class="${look}" role="img" aria-labelledby="${id}" height="${tall}"`;
  return markup`<svg ${head}><title id="${id}">${title}</title>${plane}${texts}${namesOf(axes, height)}</svg>`;
}

function namesOf(axes: AxisNames | undefined, height: number): Content {
  if (axes === undefined) return [];
  const up = markup`<text dx="-36" y="-12">${axes.up}</text>`;
  return [labels("mid dim", [label(axes.across, planeWidth / 2, height + 37)]), labels("dim", [up])];
}

/** A drawing is as wide as its place, whatever its height. */
export const stretched = raw('preserveAspectRatio="none"');

/** A text at a place of the plane. */
export function label(text: string, x: number, y: number): Markup {
  return markup`<text${x === 0 ? nothing : markup` x="${share(x)}"`} y="${short(y)}">${text}</text>`;
}

/** Texts of one look. */
export function labels(look: string, texts: readonly Markup[]): Markup {
  return markup`<g class="${look}">${texts}</g>`;
}

/** Upright lines at the ticks, and their labels below. */
export function xAxis(ticks: readonly Tick[], height: number): { readonly lines: Markup; readonly labels: Markup } {
  return {
    lines: stroke(ticks.map(({ at }) => `M${short(at)} 0V${height}`).join(""), "rule"),
    labels: labels("mid dim", ticks.map(({ at, label: text }) => endLabel(text, at, height + 18))),
  };
}

/** The label of a tick: at the ends of the axis it stands within it. */
function endLabel(text: string, x: number, y: number): Markup {
  if (x >= nearEnd && x <= planeWidth - nearEnd) return label(text, x, y);
  return labels(x < nearEnd ? "start" : "end", [label(text, x, y)]);
}

/** Level lines at the ticks, and their labels on the left. */
export function yAxis(ticks: readonly Tick[]): { readonly lines: Markup; readonly labels: Markup } {
  return {
    lines: stroke(ticks.map(({ at }) => `M0 ${short(at)}H${planeWidth}`).join(""), "rule"),
    labels: labels("end dim", ticks.map(({ at, label: text }) => besideText(text, 0, at, -8))),
  };
}

/** A text so many pixels beside a place of the plane, at the height of its middle. */
export function besideText(text: string, x: number, y: number, dx: number): Markup {
  return markup`<text x="${share(x)}" dx="${dx}" y="${short(y + 4)}">${text}</text>`;
}

/** A path with the look of a class; none without a place. */
export function stroke(path: string, look: string): Markup {
  return path === "" ? nothing : markup`<path class="${look}" d="${raw(path)}"/>`;
}

/** Dots as one path: strokes of no length with round ends, which stay round however the plane is stretched. */
export function dots(places: readonly (readonly [x: number, y: number])[], look: string): Markup {
  let last = [0, 0]; // steps take fewer digits than places
  const steps = places.map((place) => {
    const here = place.map((value) => Math.round(value * 10));
    const [x, y] = here.map((value, i) => (value - last[i]) / 10);
    last = here;
    return `m${x} ${y}z`;
  });
  return stroke(steps.join(""), `dot ${look}`);
}

/** A number of a path: tenths are finer than a screen. */
export function short(value: number): string {
  return `${Math.round(value * 10) / 10}`;
}

function share(x: number): string {
  return `${Math.round(x / planeWidth * 1000) / 10}%`;
}
