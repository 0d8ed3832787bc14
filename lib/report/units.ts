import type { Ends } from "../model/interval.ts";

/** `1.40 µs`, `15.1 ms`, `2.04 s`: three significant digits. */
export function formatDuration(ms: number): string {
  if (ms === 0) return "0 ms";
  const rounded = Number(ms.toPrecision(3)); // 0.9996 ms are 1.00 ms, and not 1,000 µs
  const [value, unit] = inUnit(ms, rounded);
  return `${threeDigits(value)} ${unit}`;
}

/** `1.4 µs`, `15 ms`, `2 s`: two significant digits, where there is little room. */
export function shortDuration(ms: number): string {
  const rounded = Number(ms.toPrecision(2));
  const [value, unit] = inUnit(rounded, rounded);
  return `${grouped(Number(value.toPrecision(2)))} ${unit}`;
}

/** How durations are written in the unit that fits one of them: `12.3`, and `µs` to stand once for all. */
export function durationsIn(ms: number): { readonly unit: string; text(ms: number): string } {
  const [value, unit] = ms === 0 ? [0, "ms"] : inUnit(ms, Number(ms.toPrecision(3)));
  const factor = ms === 0 ? 1 : value / ms;
  return { unit, text: (other) => threeDigits(other * factor) };
}

function inUnit(ms: number, rounded: number): [value: number, unit: string] {
  return rounded < 1e-3
    ? [ms * 1e6, "ns"]
    : rounded < 1
    ? [ms * 1e3, "µs"]
    : rounded < 1e3
    ? [ms, "ms"]
    : [ms / 1e3, "s"];
}

/** `512 B`, `7.41 MiB`: three significant digits. */
export function formatBytes(bytes: number): string {
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${power === 0 ? bytes : threeDigits(bytes / 1024 ** power)} ${units[power]}`;
}

/** `0.99×`, `1.95×`, `25.1×`, `10,800×`. */
export function formatRatio(ratio: number): string {
  return `${ratioDigits(ratio)}×`;
}

/** `0.99…1.01`, the interval of a ratio; empty if there is none. */
export function formatInterval(interval: Ends | null): string {
  return interval === null ? "" : interval.map(ratioDigits).join("…");
}

/** `+5.1 %`, `−0.3 %`, `2.40×`: a ratio as a change; as a factor where it is twice as much or more. */
export function formatChange(ratio: number): string {
  if (ratio >= 2) return formatRatio(ratio);
  const percent = (100 * Math.abs(ratio - 1)).toFixed(1);
  return `${percent === "0.0" ? "" : ratio < 1 ? "−" : "+"}${percent} %`;
}

/** `+3.7…+5.6 %`, `+50.0 %…2.40×`: the interval of a change; empty if there is none. */
export function formatChangeInterval(interval: Ends | null): string {
  if (interval === null) return "";
  const [low, high] = interval.map(formatChange);
  const sameUnit = low.at(-1) === high.at(-1);
  return `${sameUnit ? low.replace(/ ?[%×]$/, "") : low}…${high}`;
}

/** `2 %`, `0.5 %`: a share. */
export function formatShare(share: number): string {
  return `${Number((100 * share).toPrecision(3))} %`;
}

/** Hundredths close to 1, on both sides of it. */
function ratioDigits(ratio: number): string {
  return ratio >= 0.1 && ratio < 1 ? ratio.toFixed(2) : threeDigits(ratio);
}

/** `48,112`: the thousands of a whole number grouped. `toLocaleString` does so too, and takes 9 ms the first time. */
export function grouped(value: number): string {
  return `${value}`.replace(/\B(?=(\d{3})+$)/g, ",");
}

/** Three significant digits, thousands grouped; `–` for what is not a number. */
export function threeDigits(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 999.5) return grouped(Number(value.toPrecision(3)));
  return value.toPrecision(3);
}
