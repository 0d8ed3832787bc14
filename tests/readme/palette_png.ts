import { crc32, deflateSync, inflateSync } from "node:zlib";

type Bytes = Uint8Array<ArrayBuffer>;

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const colors = 256;

/**
 * A PNG of 8 bits a channel as one with a palette, a third of its size: 256 colours that are frequent and differ stay, the others become the nearest of
 * these (PNG, third edition). It takes what a browser's screenshot is: RGB or RGBA, not interlaced.
 */
export function palettePng(png: Bytes): Bytes {
  const chunks = chunksOf(png);
  const head = chunks.find(({ type }) => type === "IHDR")!.data;
  const view = new DataView(head.buffer, head.byteOffset);
  const [width, height, depth, kind, interlaced] = [view.getUint32(0), view.getUint32(4), head[8], head[9], head[12]];
  if (depth !== 8 || kind !== 2 && kind !== 6 || interlaced !== 0) {
    throw new Error(`PNG of kind ${kind}, ${depth} bits`);
  }
  const channels = kind === 2 ? 3 : 4;
  const packed = joined(chunks.filter(({ type }) => type === "IDAT").map(({ data }) => data));
  const pixels = unfiltered(new Uint8Array(inflateSync(packed)), width * channels, channels);
  const colorAt = (i: number) => pixels[i * channels] << 16 | pixels[i * channels + 1] << 8 | pixels[i * channels + 2];
  const counts = new Map<number, number>();
  for (let i = 0; i < width * height; i++) counts.set(colorAt(i), (counts.get(colorAt(i)) ?? 0) + 1);
  const palette = paletteOf([...counts].toSorted(([, a], [, b]) => b - a).map(([color]) => color));
  const places = new Map([...counts.keys()].map((color) => [color, nearest(color, palette)]));
  const rows = new Uint8Array((width + 1) * height); // each begins with 0: no filter, which suits a palette best
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = places.get(colorAt(y * width + x)) ?? 0;
  }
  const newHead = head.slice();
  newHead[9] = 3;
  return joined([
    Uint8Array.from(signature),
    chunk("IHDR", newHead),
    chunk("PLTE", Uint8Array.from(palette.flatMap(channelsOf))),
    chunk("IDAT", new Uint8Array(deflateSync(rows, { level: 9 }))),
    chunk("IEND", new Uint8Array()),
  ]);
}

function channelsOf(color: number): [red: number, green: number, blue: number] {
  return [color >> 16, color >> 8 & 255, color & 255];
}

/** The frequent ones of these colours, each so far from the others as is needed that there are not too many. */
function paletteOf(byFrequency: readonly number[], distance = 0): number[] {
  const palette: number[] = [];
  for (const color of byFrequency) {
    if (palette.every((other) => apart(color, other) > distance)) palette.push(color);
    if (palette.length > colors) return paletteOf(byFrequency, distance + 4);
  }
  return palette;
}

function apart(color: number, other: number): number {
  const [one, two] = [channelsOf(color), channelsOf(other)];
  return Math.hypot(...one.map((value, i) => value - two[i]));
}

function nearest(color: number, palette: readonly number[]): number {
  const far = palette.map((other) => apart(color, other));
  return far.indexOf(Math.min(...far));
}

function chunksOf(png: Bytes): { readonly type: string; readonly data: Bytes }[] {
  const view = new DataView(png.buffer, png.byteOffset);
  const chunks = [];
  for (let at = signature.length; at < png.length;) {
    const length = view.getUint32(at);
    const type = String.fromCharCode(...png.subarray(at + 4, at + 8));
    chunks.push({ type, data: png.slice(at + 8, at + 8 + length) });
    at += length + 12;
  }
  return chunks;
}

function chunk(type: string, data: Bytes): Bytes {
  const body = joined([new TextEncoder().encode(type), data]);
  const whole = new Uint8Array(body.length + 8);
  const view = new DataView(whole.buffer);
  view.setUint32(0, data.length);
  whole.set(body, 4);
  view.setUint32(body.length + 4, crc32(body));
  return whole;
}

/** The rows without the filters that they begin with. */
function unfiltered(data: Uint8Array, stride: number, channels: number): Uint8Array {
  const rows = data.length / (stride + 1);
  const pixels = new Uint8Array(stride * rows);
  for (let y = 0; y < rows; y++) {
    const filter = data[y * (stride + 1)];
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x;
      const left = x < channels ? 0 : pixels[at - channels];
      const up = y === 0 ? 0 : pixels[at - stride];
      const corner = x < channels || y === 0 ? 0 : pixels[at - stride - channels];
      pixels[at] = data[y * (stride + 1) + 1 + x] + predicted(filter, left, up, corner);
    }
  }
  return pixels;
}

function predicted(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return left + up >> 1;
    default: {
      const [a, b, c] = [left, up, corner].map((near) => Math.abs(left + up - corner - near));
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
  }
}

function joined(parts: readonly Bytes[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
