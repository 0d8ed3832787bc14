import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  formatBytes,
  formatChange,
  formatChangeInterval,
  formatDuration,
  formatInterval,
  formatRatio,
  grouped,
  shortDuration,
  threeDigits,
} from "../../lib/report/units.ts";

/** A positive number of any size between two powers of ten. */
const between = (low: number, high: number) =>
  fc.double({ min: low, max: high, noNaN: true }).map((power) => 10 ** power);

/** The number and the unit of a text like `1.40 µs`. */
function read(text: string): readonly [shown: number, unit: string, digits: string] {
  const [, digits, unit] = /^([\d.,]+) ?([^\d.,]+)$/.exec(text) ?? [];
  return [Number(digits?.replaceAll(",", "")), unit, digits];
}

/** Three significant digits are off by half of the last one at most. */
function assertNear(shown: number, value: number): void {
  assert(Math.abs(shown - value) <= 0.005001 * value, `${shown} for ${value}`);
}

Deno.test("formatDuration: three digits of the value, in the unit that leaves 1 to 999 of it", () => {
  const sizes = { ns: 1e-6, µs: 1e-3, ms: 1, s: 1e3 };
  fc.assert(fc.property(between(-6, 5.9), (ms) => {
    const [shown, unit, digits] = read(formatDuration(ms));
    assertNear(shown * sizes[unit as keyof typeof sizes], ms);
    assertEquals(digits.replace(".", "").length, 3);
    assert(shown >= 1 && shown < 1000, `${shown} ${unit}`);
  }));
});

Deno.test("shortDuration: two digits, in the unit that leaves 1 to 999 of it", () => {
  const texts = [0.000_5, 0.001_26, 0.996, 1, 1.25, 12.34, 126, 999, 12_345, 3_600_000].map(shortDuration);
  assertEquals(texts, [
    "500 ns",
    "1.3 µs",
    "1 ms",
    "1 ms",
    "1.3 ms",
    "12 ms",
    "130 ms",
    "1 s",
    "12 s",
    "3,600 s",
  ]);
});

Deno.test("formatDuration: a value that rounds up to the next unit is shown in it", () => {
  const texts = [0, 0.000_999, 0.001, 0.000_999_6, 0.9996, 1, 999, 999.6, 1_000, 3_600_000].map(formatDuration);
  assertEquals(texts, [
    "0 ms",
    "999 ns",
    "1.00 µs",
    "1.00 µs",
    "1.00 ms",
    "1.00 ms",
    "999 ms",
    "1.00 s",
    "1.00 s",
    "3,600 s",
  ]);
});

Deno.test("formatBytes: three digits of the value, in the largest unit of which there is one", () => {
  const sizes = { KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 };
  fc.assert(fc.property(between(Math.log10(1025), 15), (bytes) => {
    const [shown, unit] = read(formatBytes(bytes));
    assertNear(shown * sizes[unit as keyof typeof sizes], bytes);
    assert(shown >= 1 && (shown <= 1024 || unit === "TiB"), `${shown} ${unit}`);
  }));
  assertEquals([0, 1, 1023, 1024, 2 ** 20, 2 ** 50].map(formatBytes), [
    "0 B",
    "1 B",
    "1023 B",
    "1.00 KiB",
    "1.00 MiB",
    "1,020 TiB",
  ]);
});

Deno.test("formatRatio: hundredths from 0.1 to 1, so that 0.99 and 1.01 can be compared; else three digits", () => {
  assertEquals([0.0123, 0.1, 0.994, 1, 1.006, 25.14, 10_812].map(formatRatio), [
    "0.0123×",
    "0.10×",
    "0.99×",
    "1.00×",
    "1.01×",
    "25.1×",
    "10,800×",
  ]);
  assertEquals([formatInterval([0.991, 1.012]), formatInterval(null)], ["0.99…1.01", ""]);
});

Deno.test("grouped: each three digits from the right have a comma before them, and nothing else", () => {
  fc.assert(fc.property(fc.maxSafeNat(), (value) => {
    const groups = grouped(value).split(",");
    assertEquals(groups.join(""), `${value}`);
    assert(groups[0].length <= 3 && groups.slice(1).every(({ length }) => length === 3));
  }));
});

Deno.test("threeDigits: also of negative and large numbers; a dash for what is not a number", () => {
  assertEquals([0.5, 99.96, 999.4, 999.5, 123_456, -1234, -5].map(threeDigits), [
    "0.500",
    "100",
    "999",
    "1,000",
    "123,000",
    "-1,230",
    "-5.00",
  ]);
  assertEquals([NaN, Infinity].map(threeDigits), ["–", "–"]);
});

Deno.test("formatChange: percents up to twice as much, then a factor; no sign where nothing is left of it", () => {
  const texts = [0, 0.5, 0.9994, 0.9996, 1, 1.0004, 1.0006, 1.0512, 1.9999, 2, 2.4, 12_345].map(formatChange);
  assertEquals(texts, [
    "−100.0 %",
    "−50.0 %",
    "−0.1 %",
    "0.0 %",
    "0.0 %",
    "0.0 %",
    "+0.1 %",
    "+5.1 %",
    "+100.0 %",
    "2.00×",
    "2.40×",
    "12,300×",
  ]);
});

Deno.test("formatChangeInterval: the unit once, if both ends have the same", () => {
  const texts = ([[1.037, 1.056], [0.99, 1.01], [2.3, 2.5], [1.5, 2.4]] as const).map(formatChangeInterval);
  assertEquals(texts, ["+3.7…+5.6 %", "−1.0…+1.0 %", "2.30…2.50×", "+50.0 %…2.40×"]);
  assertEquals(formatChangeInterval(null), "");
});
