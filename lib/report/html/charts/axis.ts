import { formatBytes, formatRatio, shortDuration } from "../../units.ts";
import { compact } from "../../quantity_text.ts";
import { scaleLinear, scaleLog } from "../d3.ts";

/** What an axis measures. */
export type AxisUnit = "ms" | "bytes" | "ratio" | "count";

/** An axis of numbers: places on it, and its labelled ticks. */
export interface Axis {
  /** The place of a value, between the ends of the axis's range. */
  place(value: number): number;
  readonly ticks: readonly Tick[];
  readonly isLog: boolean;
}

/** A labelled value of an axis. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** How far an axis reaches: the places of its ends. */
export type Reach = readonly [from: number, to: number];

/** As many labels have room on a narrow screen. */
const maxTicks = 5;

/** From so many times the smallest value on, the largest needs a logarithmic axis. */
const manyTimes = 6;

/** An axis on which equal ratios are equally long. Its values are positive; others are put at its begin. */
export function logAxis(values: readonly number[], unit: AxisUnit, [from, to]: Reach): Axis {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const [low, high] = positive.length === 0 ? [1, 10] : [Math.min(...ends(positive)), Math.max(...ends(positive))];
  const spare = Math.max((high / low) ** 0.03, 1.01);
  const scale = scaleLog().domain([low / spare, high * spare]).range([from, to]);
  const place = (value: number) => value > 0 ? scale(value) : from;
  return { place, isLog: true, ticks: logTicks(low / spare, high * spare, unit).map(tickOf(place, unit)) };
}

/** An axis on which equal differences are equally long. */
export function linearAxis(values: readonly number[], unit: AxisUnit, [from, to]: Reach): Axis {
  const [low, high] = values.length === 0 ? [0, 1] : ends(values);
  const spare = (high - low || Math.abs(high) || 1) * 0.03;
  const scale = scaleLinear().domain([low < 0 || low - spare > 0 ? low - spare : 0, high + spare]).range([from, to]);
  const place = (value: number) => scale(value);
  return { place, isLog: false, ticks: scale.ticks(maxTicks - 1).map(tickOf(place, unit)) };
}

/** A logarithmic axis where a linear one would push the small values together. */
export function fittingAxis(values: readonly number[], unit: AxisUnit, reach: Reach): Axis {
  const [low, high] = values.length === 0 ? [0, 1] : ends(values);
  return low > 0 && high / low >= manyTimes ? logAxis(values, unit, reach) : linearAxis(values, unit, reach);
}

/** The smallest and the largest: `Math.min` cannot take as many arguments as there may be values. */
export function ends(values: readonly number[]): [low: number, high: number] {
  return values.reduce<[number, number]>(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [
    Infinity,
    -Infinity,
  ]);
}

function tickOf(place: (value: number) => number, unit: AxisUnit): (value: number) => Tick {
  return (value) => ({ at: place(value), label: tickLabel(value, unit) });
}

function tickLabel(value: number, unit: AxisUnit): string {
  const plain = Number(value.toPrecision(3));
  switch (unit) {
    case "ms":
      return value === 0 ? "0" : shortDuration(value);
    case "bytes":
      return formatBytes(value).replace(/\.0+ /, " ");
    case "ratio":
      return `${plain >= 1000 ? compact(plain).replace(/\.0+k/, "k") : plain}×`;
    case "count":
      return plain >= 10_000
        ? compact(plain).replace(/\.0+(?=[kMG])/, "")
        : formatRatio(plain).replace(/(\.0+)?×$/, "");
    default:
      return unit satisfies never;
  }
}

/** Labels nearer to each other than this share of the axis would touch on a narrow screen. */
const minGap = 0.15;

/** Round values: 1, 2 and 5 times powers of ten, powers of the base as near as they have room, or plain steps on a short axis. */
function logTicks(low: number, high: number, unit: AxisUnit): number[] {
  const base = unit === "bytes" ? 2 : 10;
  const [first, last] = [low, high].map((end) => Math.log(end) / Math.log(base));
  const powers = (step: number) => {
    const [from, to] = [Math.ceil(first / step - 1e-9), Math.floor(last / step + 1e-9)];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => base ** ((from + i) * step));
  };
  const decades = Array.from(
    { length: Math.max(0, Math.ceil(last) - Math.floor(first)) },
    (_, i) => 10 ** (Math.floor(first) + i),
  );
  const choices = unit === "bytes"
    ? [1, 2, 5, 10, 20].map(powers)
    : [decades.flatMap((power) => [power, 2 * power, 5 * power]), ...[1, 2, 3, 4, 6, 8].map(powers)];
  const place = (value: number) => (Math.log(value) / Math.log(base) - first) / (last - first);
  const hasRoom = (values: readonly number[]) =>
    values.every((value, i) => i === 0 || place(value) - place(values[i - 1]) >= minGap);
  const inside = choices.map((values) => values.filter((value) => value >= low && value <= high));
  const found = inside.find((values) => values.length >= 2 && values.length <= maxTicks && hasRoom(values));
  if (found !== undefined) return found;
  return [maxTicks - 1, 2, 1].map((count) =>
    scaleLinear().domain([low, high]).ticks(count).filter((value) => value > 0)
  )
    .find(hasRoom) ?? [];
}
