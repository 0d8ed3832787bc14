import { assert, assertEquals } from "@std/assert";
import { deflateSync } from "node:zlib";
import { palettePng } from "./palette_png.ts";

Deno.test("palette: a PNG with each filter keeps its colours", () => {
  // 2 pixels a row, RGB: the same two colours in each row, written with each of the five filters in turn.
  const [red, blue] = [[200, 10, 20], [30, 40, 250]];
  const wrap = (value: number) => (value + 256) % 256;
  const sub = blue.map((value, i) => wrap(value - red[i]));
  const rows = [
    [0, ...red, ...blue],
    [1, ...red, ...sub],
    [2, 0, 0, 0, 0, 0, 0],
    [
      3,
      ...red.map((value) => wrap(value - (value >> 1))),
      ...blue.map((value, i) => wrap(value - (red[i] + value >> 1))),
    ],
    [4, 0, 0, 0, 0, 0, 0],
  ];
  const paletted = palettePng(png(2, rows));
  assertEquals(palettePng(png(2, rows)), paletted);
  const text = String.fromCharCode(...paletted);
  const palette = paletted.slice(text.indexOf("PLTE") + 4, text.indexOf("PLTE") + 10);
  assertEquals([...palette], [...red, ...blue]);
  assert(text.includes("IEND"));
});

Deno.test("README: its picture of a report is a PNG of at most 150 kB", async () => {
  const picture = await Deno.readFile(new URL("../../.github/report.png", import.meta.url));
  assertEquals([...picture.slice(1, 4)], [..."PNG"].map((letter) => letter.charCodeAt(0)));
  assert(picture.length <= 150_000, `${picture.length}`);
});

/** A PNG of these rows, each with its filter in front; the sums of its chunks are left at 0. */
function png(width: number, rows: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const word = (value: number) => [value >>> 24, value >> 16 & 255, value >> 8 & 255, value & 255];
  const chunk = (type: string, data: readonly number[]) => [
    ...word(data.length),
    ...[...type].map((letter) => letter.charCodeAt(0)),
    ...data,
    ...word(0),
  ];
  const head = [...word(width), ...word(rows.length), 8, 2, 0, 0, 0];
  const data = [...deflateSync(Uint8Array.from(rows.flat()))];
  return Uint8Array.from([
    ...new Array(8).fill(0),
    ...chunk("IHDR", head),
    ...chunk("IDAT", data),
    ...chunk("IEND", []),
  ]);
}
