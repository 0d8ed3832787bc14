import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  durationText,
  parseCount,
  parseDuration,
  parsePercent,
  parseRate,
  parseSize,
  percentText,
  rateText,
  sizeText,
} from "../../../lib/cli/table/units.ts";
import { printable } from "../../../lib/report/printable.ts";
import { formatBytes, formatDuration, formatRatio } from "../../../lib/report/units.ts";

Deno.test("units: a duration in each unit, in either case, with blanks or without", () => {
  assertEquals(["1us", "1µs", "1ms", "1s", "1m", "1min", "1h", "1.5 S", "2e3ms"].map(parseDuration), [
    0.001,
    0.001,
    1,
    1_000,
    60_000,
    60_000,
    3_600_000,
    1_500,
    2_000,
  ]);
});

Deno.test("units: a percentage is a share, and written as it is read", () => {
  const texts = ["5%", "0%", "100%", "2.5%", "0.1%", "7%", "1e-9%"];
  assertEquals(texts.map(parsePercent), [0.05, 0, 1, 0.025, 0.001, 0.07, 1e-11]);
  assertEquals(texts.map((text) => percentText(parsePercent(text)!)), texts);
  assertEquals([parsePercent("3 %"), parsePercent("0")], [0.03, 0]);
  assertEquals(["5", "", "%", "-1%", "5%%", "five%"].map(parsePercent), Array(6).fill(undefined));
});

Deno.test("units: a rate in each unit, and over several of them", () => {
  const texts = ["5/s", "5/sec", "60/min", "60/m", "1k/h", "1000/hour", "3/d", "3/day", "900/15min", "2 / 10 S"];
  assertEquals(texts.map((text) => parseRate(text)?.ms), [
    1e3,
    1e3,
    6e4,
    6e4,
    3.6e6,
    3.6e6,
    8.64e7,
    8.64e7,
    9e5,
    1e4,
  ]);
  assertEquals(texts.map((text) => parseRate(text)?.count), [5, 5, 60, 60, 1000, 1000, 3, 3, 900, 2]);
  assertEquals(["5", "5/", "/s", "0/s", "0.5/s", "-1/s", "5/0s", "5/ms", "5/week", "5/1.5s", "5/s/s"].map(parseRate), [
    ...Array(11).fill(undefined),
  ]);
});

Deno.test("units: a rate is written as it is read", () => {
  assertEquals(["5/s", "60/min", "1000/h", "3/d", "900/15min", "7/90s"].map((text) => rateText(parseRate(text)!)), [
    "5/s",
    "60/min",
    "1000/h",
    "3/d",
    "900/15min",
    "7/90s",
  ]);
});

Deno.test("units: a size in each unit, in either case, with blanks or without", () => {
  assertEquals(["1b", "1kB", "1MB", "1GB", "1KiB", "1MiB", "1GiB", "1.5 kib", "1e3B"].map(parseSize), [
    1,
    1_000,
    1_000_000,
    1_000_000_000,
    2 ** 10,
    2 ** 20,
    2 ** 30,
    1_536,
    1_000,
  ]);
});

Deno.test("units: a count, alone or in thousands and millions", () => {
  assertEquals(["20", "10k", "3M", "1.5k", "1e6", "0"].map(parseCount), [20, 10_000, 3_000_000, 1_500, 1_000_000, 0]);
});

Deno.test("units: 0 needs none, any other number needs the unit of a duration or size", () => {
  assertEquals(["0", "20", "0.0", "00"].map(parseDuration), [0, undefined, undefined, undefined]);
  assertEquals(["0", "7", "0.0", "00"].map(parseSize), [0, undefined, undefined, undefined]);
});

Deno.test("units: what is no number with a known unit is refused, and so is what no number can hold", () => {
  for (const parse of [parseDuration, parseSize]) {
    for (const text of ["", "-1", "ms", "b", "1x", "1 toString", "1constructor", "0x1s", "1,5s", "1s ", "s1"]) {
      assertEquals(parse(text), undefined, text);
    }
  }
  assertEquals([parseDuration("1e400s"), parseSize("1e400b")], [undefined, undefined]);
  for (const text of ["1.5", "abc", "-1", "0x10", "9e99", "9007199254740992", "1g"]) {
    assertEquals(parseCount(text), undefined, text);
  }
});

Deno.test("units: written in the largest unit that keeps the number whole", () => {
  assertEquals([0, 1, 999, 1_000, 1_500, 60_000, 90_000, 3_600_000, 5_400_000].map(durationText), [
    "0ms",
    "1ms",
    "999ms",
    "1s",
    "1500ms",
    "1m",
    "90s",
    "1h",
    "90m",
  ]);
  assertEquals([1, 1_000, 2 ** 10, 1_536, 2 ** 20, 3 * 2 ** 19, 2 ** 30, 5 * 2 ** 30].map(sizeText), [
    "1b",
    "1000b",
    "1KiB",
    "1536b",
    "1MiB",
    "1536KiB",
    "1GiB",
    "5GiB",
  ]);
});

Deno.test("units: what is written is read back as it was", () => {
  const whole = fc.oneof(
    fc.nat(),
    fc.maxSafeNat(),
    fc.nat(1_000).map((hours) => hours * 3_600_000),
    fc.nat(99).map((size) => size * 2 ** 30),
  );
  fc.assert(fc.property(whole, (value) => {
    assertEquals([parseDuration(durationText(value)), parseSize(sizeText(value))], [value, value]);
  }));
});

Deno.test("units: three significant digits are shown", () => {
  assertEquals([0.0000014, 0.0014, 15.14, 2040].map(formatDuration), ["1.40 ns", "1.40 µs", "15.1 ms", "2.04 s"]);
  assertEquals([0.9997, 999.7].map(formatDuration), ["1.00 ms", "1.00 s"]);
  assertEquals([512, 7_769_948, 25e9].map(formatBytes), ["512 B", "7.41 MiB", "23.3 GiB"]);
  assertEquals([1.9534, 10_812].map(formatRatio), ["1.95×", "10,800×"]);
});

Deno.test("printable: what would move the cursor or turn the text is written out", () => {
  assertEquals(printable("a\x1b[31mb\r\u202e"), "a\\u{1b}[31mb\\u{d}\\u{202e}");
});
