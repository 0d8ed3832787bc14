import type { Ends } from "../../../model/interval.ts";
import { formatInterval, formatRatio } from "../../units.ts";
import { compact } from "../../quantity_text.ts";
import type { Markup } from "../markup.ts";
import { logAxis } from "./axis.ts";
import { chart, type Color, dots, label, labels, planeWidth, short, stroke, xAxis } from "./svg.ts";

/** A ratio with its interval. */
export interface Effect {
  readonly label: string;
  readonly ratio: number;
  readonly interval: Ends | null;
  readonly color: Color;
  /** The limit that decides what the ratio shows; none without one. */
  readonly limit?: number;
}

const rowHeight = 42;

/**
 * A forest plot: a row for each ratio, its interval as a line on a logarithmic axis, no effect (1×) as an upright line.
 * Labels stand above the lines, so that they have room on a narrow screen.
 */
export function forestPlot(id: string, title: string, effects: readonly Effect[]): Markup {
  const values = effects.flatMap(({ ratio, interval, limit }) => [ratio, ...interval ?? [], limit ?? 1]);
  const axis = logAxis([1, ...values], "ratio", [0, planeWidth]);
  const height = effects.length * rowHeight;
  const across = xAxis(axis.ticks, height);
  const one = axis.place(1);
  return chart({
    id,
    title,
    height,
    marks: [
      across.lines,
      stroke(`M${short(one)} 0V${height}`, "one"),
      ...effects.flatMap(({ ratio, interval, color, limit }, row) => {
        const y = row * rowHeight + 28;
        const [low, high] = (interval ?? [ratio, ratio]).map((end) => short(axis.place(end)));
        return [
          ...limit === undefined ? [] : [stroke(`M${short(axis.place(limit))} ${y - 7}v14`, "limit")],
          stroke(
            interval === null ? "" : `M${low} ${y}H${high}M${low} ${y - 6}v12M${high} ${y - 6}v12`,
            `line ${color}`,
          ),
          dots([[axis.place(ratio), y]], `big ${color}`),
        ];
      }),
    ],
    texts: [
      across.labels,
      labels("halo", effects.map(({ label: text }, row) => label(text, 0, row * rowHeight + 14))),
      labels(
        "halo end num",
        effects.map(({ ratio, interval }, row) => label(ratioText(ratio, interval), planeWidth, row * rowHeight + 14)),
      ),
    ],
  });
}

/** `1.95× (1.92…1.96)`: short where the numbers are large. */
export function ratioText(ratio: number, interval: Ends | null): string {
  const isLarge = ratio >= 1000;
  const speed = isLarge ? `${compact(ratio)}×` : formatRatio(ratio);
  return interval === null
    ? speed
    : `${speed} (${isLarge ? interval.map(compact).join("…") : formatInterval(interval)})`;
}
