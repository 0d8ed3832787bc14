import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { endOf, isTooLong, startOf } from "../../../lib/exec/wire/block.ts";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { LineCutter, type LineOptions } from "../../../lib/exec/input/line_cutter.ts";

/** The bytes of an item as text with one code unit per byte; null if there were too many. */
type Item = readonly [line: number, bytes: string | null];

interface Cut {
  readonly items: readonly Item[];
  readonly lines: number;
  readonly blank: number;
}

/** What the cutter makes of inputs in these chunks. */
function cut(inputs: readonly (readonly Uint8Array[])[], options: LineOptions): Cut {
  const cutter = new LineCutter(options);
  const blocks = new BlockStore();
  for (const chunks of inputs) {
    cutter.startInput();
    for (const chunk of chunks) {
      const buffer = chunk.slice();
      cutter.cut(buffer, blocks);
      buffer.fill(120); // readers reuse their buffers
    }
    cutter.endInput(blocks);
  }
  const items = Array.from({ length: blocks.count }, (_, item): Item => {
    const [{ held: { block }, from }] = blocks.parts({ first: item, end: item + 1 });
    const bytes = block.bytes.subarray(startOf(block, from), endOf(block, from));
    return [blocks.lineOf(item), isTooLong(block, from) ? null : text(bytes)];
  });
  return { items, lines: cutter.lines, blank: cutter.blank };
}

/** A simple model of the same. */
function reference(
  inputs: readonly Uint8Array[],
  { separator, maxLine, shard, limit = Infinity, skipped = [] }: LineOptions,
): Cut {
  const lines = inputs.flatMap((input) => {
    const pieces = text(input).replace(/^\xef\xbb\xbf/, "").split(separator);
    if (pieces.at(-1) === "") pieces.pop(); // there is no line after the last separator
    return separator === "\n" ? pieces.map((piece) => piece.replace(/\r$/, "")) : pieces;
  });
  const isBlank = (line: string) => /^[\t\n\v\f\r ]*$/.test(line);
  const items = lines
    .map((line, i): Item => [i + 1, line.length > maxLine ? null : line])
    .filter((_, i) => !isBlank(lines[i]))
    .filter((_, i) => shard === undefined || i % shard.count === shard.index)
    .slice(0, limit)
    .filter((_, i) => !skipped.some(({ first, end }) => first <= i && i < end));
  return { items, lines: lines.length, blank: lines.filter(isBlank).length };
}

function text(bytes: Uint8Array): string {
  let units = "";
  for (const byte of bytes) units += String.fromCharCode(byte);
  return units;
}

function bytes(units: string): Uint8Array {
  return Uint8Array.from(units, (unit) => unit.charCodeAt(0));
}

/** Cuts at these places. */
function chunksOf(input: Uint8Array, places: readonly number[]): Uint8Array[] {
  const ends = [...places.map((place) => place % (input.length + 1)).toSorted((a, b) => a - b), input.length];
  return ends.map((end, i) => input.subarray(ends[i - 1] ?? 0, end));
}

const mark = "\xef\xbb\xbf";
const someBytes = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom("\n", "\0", "\r\n", "a", "b", " ", "\t", "\r", "\n\n", mark) },
    { weight: 1, arbitrary: fc.nat(255).map((byte) => String.fromCharCode(byte)) },
    { weight: 1, arbitrary: fc.nat(90).map((length) => "x".repeat(length)) },
    { weight: 1, arbitrary: fc.nat(9).map((length) => " ".repeat(length)) },
  ),
  { maxLength: 40 },
).map((parts) => bytes(parts.join("")));
const chunked = fc.tuple(
  fc.oneof(someBytes, someBytes.map((input) => bytes(mark + text(input)))),
  fc.array(fc.nat(10_000), { maxLength: 8 }),
).map(([input, places]) => chunksOf(input, places));
const options = fc.record({
  separator: fc.constantFrom("\n" as const, "\0" as const),
  maxLine: fc.oneof(fc.nat(6), fc.constant(1_000)),
  shard: fc.option(
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.nat(3)).map(([count, n]) => ({ count, index: n % count })),
    { nil: undefined },
  ),
  limit: fc.option(fc.nat(5), { nil: undefined }),
  skipped: fc.option(
    fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3)).map(([a, b, c, d]) => [
      { first: a, end: a + b },
      { first: a + b + c, end: a + b + c + d },
    ]),
    { nil: undefined },
  ),
});

Deno.test("line cutter: any bytes in any chunks give the lines that a simple splitter gives", () => {
  fc.assert(
    fc.property(fc.array(chunked, { maxLength: 3 }), options, (inputs, options) => {
      const whole = inputs.map((chunks) => bytes(chunks.map(text).join("")));
      assertEquals(cut(inputs, options), reference(whole, options));
    }),
    { numRuns: 3_000 },
  );
});

const plain = { separator: "\n", maxLine: 16 } as const;

/** One input, cut once in every possible place, and byte by byte. */
function inAllChunks(input: string): Uint8Array[][] {
  const whole = bytes(input);
  const once = Array.from({ length: whole.length + 1 }, (_, place) => chunksOf(whole, [place]));
  return [...once, [...whole].map((byte) => Uint8Array.of(byte))];
}

const cases: readonly (readonly [name: string, input: string, items: readonly Item[], blank?: number])[] = [
  ["nothing", "", []],
  ["no final newline", "a\nb", [[1, "a"], [2, "b"]]],
  ["CRLF", "a\r\nb\r\n\r\nc\r", [[1, "a"], [2, "b"], [4, "c"]], 1],
  ["a carriage return inside stays", "a\rb\r\r\n", [[1, "a\rb\r"]]],
  ["blank lines are counted and no items", "\n \t\n\v\f\r\n\na\n", [[5, "a"]], 4],
  ["a byte order mark at the start only", `${mark}a\n${mark}b\n`, [[1, "a"], [2, `${mark}b`]]],
  ["half a byte order mark is text", "\xef\xbba\n\xef", [[1, "\xef\xbba"], [2, "\xef"]]],
  ["an input of half a byte order mark is text", "\xef\xbb", [[1, "\xef\xbb"]]],
  ["a line of nothing but the byte order mark is blank", `${mark}\na`, [[2, "a"]], 1],
  ["a longest line", `${"a".repeat(16)}\n${"b".repeat(16)}\r\n`, [[1, "a".repeat(16)], [2, "b".repeat(16)]]],
  ["a longest line behind a byte order mark", `${mark}${"a".repeat(16)}\n`, [[1, "a".repeat(16)]]],
  ["a line too long by one, and the next one is whole", `${"a".repeat(17)}\nb\n`, [[1, null], [2, "b"]]],
  ["far too long lines, the last one without an end", `${"a".repeat(99)}\r\nb\n${"c".repeat(50)}`, [
    [1, null],
    [2, "b"],
    [3, null],
  ]],
  ["a blank line may be as long as it likes", `a\n${" ".repeat(40)}\n${" ".repeat(30)}b\n`, [[1, "a"], [3, null]], 1],
];

for (const [name, input, items, blank = 0] of cases) {
  Deno.test(`line cutter: ${name}`, () => {
    const lines = reference([bytes(input)], plain).lines;
    for (const chunks of inAllChunks(input)) assertEquals(cut([chunks], plain), { items, lines, blank });
  });
}

Deno.test("line cutter: line numbers continue over all inputs, and a byte order mark is expected in each", () => {
  const inputs = [`${mark}a\nb`, `${mark}c\n`, "", "\nd"].map((input) => [bytes(input)]);
  assertEquals(cut(inputs, plain), { items: [[1, "a"], [2, "b"], [3, "c"], [5, "d"]], lines: 5, blank: 1 });
});

Deno.test("line cutter: NUL as separator leaves newlines and carriage returns alone", () => {
  const { items } = cut([[bytes("a\nb\r\0c\0\n\0")]], { separator: "\0", maxLine: 16 });
  assertEquals(items, [[1, "a\nb\r"], [2, "c"]]);
});

Deno.test("line cutter: shards divide the non-blank lines, and keep the line numbers", () => {
  const input = [bytes("a\n\nb\nc\n\nd\ne")];
  const shards = [0, 1, 2].map((index) => cut([input], { ...plain, shard: { index, count: 3 } }).items);
  assertEquals(shards, [[[1, "a"], [6, "d"]], [[3, "b"], [7, "e"]], [[4, "c"]]]);
});

Deno.test("line cutter: more lines, and longer lines, than a block holds", () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `${i}`);
  const long = [600_000, 3, 524_288, 524_289, 300_000, 300_000].map((length, i) => `${i}`.repeat(length));
  const lines = [...many, ...long, ...many];
  const input = bytes(lines.join("\n"));
  for (const places of [[], [1_000, 700_000], Array.from({ length: 60 }, (_, i) => i * 65_536)]) {
    const { items } = cut([chunksOf(input, places)], { separator: "\n", maxLine: 600_000 });
    assertEquals(items.length, lines.length);
    assertEquals(items.findIndex(([line, bytes], i) => line !== i + 1 || bytes !== lines[i]), -1);
  }
});

Deno.test("line cutter: lines lie close together, so that few blocks hold them", () => {
  const line = `${"x".repeat(4_000)}\n`;
  const chunk = bytes(`${line.repeat(50)}${"y".repeat(5_000)}\n${line.repeat(20)}`); // one is too long
  const blocks = new BlockStore();
  new LineCutter({ separator: "\n", maxLine: 4_500 }).cut(chunk, blocks);
  new LineCutter({ separator: "\n", maxLine: 4_500 }).cut(bytes(line.repeat(50)), blocks);
  const [{ held }] = blocks.parts({ first: 0, end: 1 });
  assertEquals([blocks.count, blocks.bytesTaken], [121, held.buffer.byteLength]);
});
