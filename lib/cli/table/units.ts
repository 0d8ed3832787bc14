const durations: Record<string, number> = { us: 1e-3, "µs": 1e-3, ms: 1, s: 1e3, m: 6e4, min: 6e4, h: 3.6e6 };
const sizes: Record<string, number> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
};
const multiples: Record<string, number> = { "": 1, k: 1e3, m: 1e6 };

/** Milliseconds of `200ms`, `1.5s`, `2m`; undefined if the text is not a duration. Only 0 needs no unit. */
export function parseDuration(text: string): number | undefined {
  return text === "0" ? 0 : scaled(text, durations);
}

/** Milliseconds as `parseDuration` reads them, in the largest unit that keeps a whole number whole. */
export function durationText(ms: number): string {
  return inUnits(ms, [["h", 3.6e6], ["m", 6e4], ["s", 1e3]], "ms");
}

/** Bytes of `1MiB`, `64kB`, `512b`; undefined if the text is not a size. Only 0 needs no unit. */
export function parseSize(text: string): number | undefined {
  return text === "0" ? 0 : scaled(text, sizes);
}

/** Bytes as `parseSize` reads them, in the largest unit that keeps them whole. */
export function sizeText(bytes: number): string {
  return inUnits(bytes, [["GiB", 1024 ** 3], ["MiB", 1024 ** 2], ["KiB", 1024]], "b");
}

/** The number of `20`, `10k`, `1e6`; undefined if the text is not a whole number. */
export function parseCount(text: string): number | undefined {
  const value = scaled(text, multiples);
  return Number.isSafeInteger(value) ? value : undefined;
}

/** The share that a percentage is: 0.05 of `5%`; undefined if the text is not a percentage. Only 0 needs no sign. */
export function parsePercent(text: string): number | undefined {
  const [, digits, power = "0"] = /^(\d+(?:\.\d+)?)(?:e([+-]?\d+))?\s*%$/i.exec(text === "0" ? "0%" : text) ?? [];
  return digits === undefined ? undefined : Number(`${digits}e${Number(power) - 2}`); // no division, which would round
}

/** A share as `parsePercent` reads it. */
export function percentText(share: number): string {
  const [digits, power] = share.toExponential().split("e");
  const exact = `${digits}e${Number(power) + 2}`;
  const short = `${Number(exact)}%`;
  return parsePercent(short) === share ? short : `${exact}%`;
}

/** The units of time of a rate, in milliseconds. */
const periods: Record<string, number> = {
  s: 1e3,
  sec: 1e3,
  m: 6e4,
  min: 6e4,
  h: 3.6e6,
  hour: 3.6e6,
  d: 8.64e7,
  day: 8.64e7,
};

/** `count` and `ms` of `5/s`, `60/min`, `900/15min`, `1000/h`; undefined if the text is not a rate. */
export function parseRate(text: string): { readonly count: number; readonly ms: number } | undefined {
  const [, counted, times, unit] = /^([^/]+)\/\s*(\d*)\s*([a-z]+)$/i.exec(text) ?? [];
  const count = counted === undefined ? undefined : parseCount(counted.trim());
  if (count === undefined || count < 1 || !Object.hasOwn(periods, unit.toLowerCase())) return undefined;
  const ms = Number(times || 1) * periods[unit.toLowerCase()];
  return ms > 0 && Number.isSafeInteger(ms) ? { count, ms } : undefined;
}

/** A rate as `parseRate` reads it. */
export function rateText({ count, ms }: { readonly count: number; readonly ms: number }): string {
  return `${count}/${inUnits(ms, [["d", 8.64e7], ["h", 3.6e6], ["min", 6e4]], "s", 1e3).replace(/^1(?=\D)/, "")}`;
}

function scaled(text: string, units: Record<string, number>): number | undefined {
  const [, digits, unit] = /^(\d+(?:\.\d+)?(?:e[+-]?\d+)?)\s*([a-zµ]*)$/i.exec(text) ?? [];
  if (digits === undefined || !Object.hasOwn(units, unit.toLowerCase())) return undefined;
  const value = Number(digits) * units[unit.toLowerCase()];
  return Number.isFinite(value) ? value : undefined;
}

function inUnits(
  value: number,
  units: readonly (readonly [name: string, size: number])[],
  least: string,
  leastSize = 1,
): string {
  const [name, size] = units.find(([, size]) => value >= size && value % size === 0) ?? [least, leastSize];
  return `${value / size}${name}`;
}
