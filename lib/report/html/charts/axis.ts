import { formatBytes, formatDuration, grouped } from "../../units.ts";
import { compact } from "../../quantity_text.ts";
import { scaleLinear, scaleLog } from "../d3.ts";

/** What an axis measures. */
export type AxisUnit = "ms" | "bytes" | "ratio" | "count";

/** An axis of numbers: places on it, and its labelled ticks. */
export interface Axis {
  /** The place of a value, between the ends of the axis's range. */
  place(value: number): number;
  readonly ticks: readonly Tick[];
}

/** A labelled value of an axis. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

/** How far an axis reaches: the places of its ends. */
export type Reach = readonly [from: number, to: number];

/** How many labels have room on a narrow screen. */
const maxTicks = 5;

/** An axis is logarithmic if the largest value is at least this many times the smallest. */
const manyTimes = 6;

/** An axis on which equal ratios are equally long. Values that are not positive are put at its start, infinite ones at its end. */
export function logAxis(values: readonly number[], unit: AxisUnit, [from, to]: Reach): Axis {
  const positive = values.filter((value) => value > 0 && Number.isFinite(value));
  const [low, high] = positive.length === 0 ? [1, 10] : [Math.min(...ends(positive)), Math.max(...ends(positive))];
  const spare = Math.max((high / low) ** 0.03, 1.01);
  const scale = scaleLog().domain([low / spare, high * spare]).range([from, to]);
  const place = (value: number) => value === Infinity ? to : value > 0 ? scale(value) : from;
  return { place, ticks: logTicks(low / spare, high * spare, unit).map(tickOf(place, unit)) };
}

/** An axis on which equal differences are equally long. */
export function linearAxis(values: readonly number[], unit: AxisUnit, [from, to]: Reach): Axis {
  const [low, high] = values.length === 0 ? [0, 1] : ends(values);
  const spare = (high - low || Math.abs(high) || 1) * 0.03;
  const domain = [low < 0 || low - spare > 0 ? low - spare : 0, high + spare] as const;
  const scale = scaleLinear().domain(domain).range([from, to]);
  const place = (value: number) => scale(value);
  return { place, ticks: linearTicks(domain, scaleLinear().domain(domain), unit).map(tickOf(place, unit)) };
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
      return value === 0 ? "0" : withoutZeros(formatDuration(value));
    case "bytes":
      return withoutZeros(formatBytes(value));
    case "ratio":
      return `${plain >= 1000 ? compact(plain).replace(/\.0+k/, "k") : plain}×`;
    case "count":
      return plain >= 10_000 ? compact(plain).replace(/\.0+(?=[kMG])/, "") : grouped(plain);
    default:
      return unit satisfies never;
  }
}

/** `1.5 ms` for `1.50 ms`, `2 GiB` for `2.00 GiB`. */
function withoutZeros(quantity: string): string {
  return quantity.replace(/(\.\d*?)0+ /, (_, digits) => digits === "." ? " " : `${digits} `);
}

/** How much of a narrow axis a character of a label takes, and the least gap between two labels. */
const [characterShare, gapShare] = [0.027, 0.015];

/** A label nearer to an end of its axis than this share does not stand in the middle of its tick: it would stick out. */
export const nearEndShare = 0.06;

/** A value, and where on the axis it lies: from 0 to 1. */
type Placed = (value: number) => number;

/** Whether the labels of these ticks differ and have room, and those of counts are whole numbers. */
function hasRoom(values: readonly number[], shareOf: Placed, unit: AxisUnit): boolean {
  if (unit === "count" && !values.every(Number.isInteger)) return false;
  const labels = values.map((value) => {
    const text = tickLabel(value, unit);
    const [share, width] = [shareOf(value), text.length * characterShare];
    const left = share < nearEndShare ? share : share > 1 - nearEndShare ? share - width : share - width / 2;
    return { text, left, right: left + width };
  });
  return labels.every(({ text, left }, i) =>
    i === 0 || text !== labels[i - 1].text && left - labels[i - 1].right >= gapShare
  );
}

/** Round values at equal steps, as many as have room. */
function linearTicks([low, high]: Reach, shareOf: Placed, unit: AxisUnit): number[] {
  const choices = Array.from({ length: maxTicks }, (_, i) => scaleLinear().domain([low, high]).ticks(maxTicks - i));
  return choices.find((values) => values.length <= maxTicks + 1 && hasRoom(values, shareOf, unit)) ?? [];
}

/** Round values between two powers of ten, from many to few. */
const fineSteps = [[1, 1.2, 1.5, 2, 3, 5, 7], [1, 1.5, 2, 3, 5, 7], [1, 2, 5]] as const;

/** Round values between powers of the base, or such powers, as many as have room; equal steps on a short axis. */
function logTicks(low: number, high: number, unit: AxisUnit): number[] {
  const base = unit === "bytes" ? 2 : 10;
  const [first, last] = [low, high].map((end) => Math.log(end) / Math.log(base));
  const powers = (step: number) => {
    const [from, to] = [Math.ceil(first / step - 1e-9), Math.floor(last / step + 1e-9)];
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => base ** ((from + i) * step));
  };
  const decades = Array.from({ length: Math.ceil(last) - Math.floor(first) }, (_, i) => 10 ** (Math.floor(first) + i));
  const choices = unit === "bytes" ? [1, 2, 5, 10, 20].map(powers) : [
    ...fineSteps.map((steps) => decades.flatMap((power) => steps.map((step) => step * power))),
    ...[1, 2, 3, 4, 6, 8].map(powers),
  ];
  const shareOf = scaleLog().domain([low, high]);
  const fitting = choices.map((values) => values.filter((value) => value >= low && value <= high))
    .filter((values) => values.length >= 2 && values.length <= maxTicks && hasRoom(values, shareOf, unit));
  const found = fitting.find(({ length }) => length >= 3) ?? fitting.at(0);
  return found ?? linearTicks([low, high], shareOf, unit).filter((value) => value > 0);
}
