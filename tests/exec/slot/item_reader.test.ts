import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { BlockStore } from "../../../lib/exec/input/block_store.ts";
import { blockLength, viewBlock, writeFrame, writeTooLong } from "../../../lib/exec/wire/block.ts";
import { CodedError } from "../../../lib/exec/wire/error_record.ts";
import { InexactItems, type ItemRange, itemReader } from "../../../lib/exec/slot/item_reader.ts";
import type { ItemCodec } from "../../../lib/exec/wire/protocol.ts";
import { n } from "../numbers.ts";
import { lostIn } from "../wire/inexact_oracle.ts";
import type { ItemNumber } from "../../../lib/exec/wire/numbers.ts";
import { textDecoder } from "../../../lib/exec/wire/text_decoder.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** Reads items, in the order in which a slot does, from the blocks that main puts them into. `null`: too long to keep. */
function readAll(
  codec: ItemCodec,
  items: readonly (Uint8Array | null)[],
  skip: readonly number[] = [],
  inexact = new InexactItems(),
): unknown[] {
  const blocks = new BlockStore();
  items.forEach((bytes, i) => bytes === null ? blocks.appendTooLong(n(i + 1)) : blocks.append(bytes, n(i + 1)));
  const read = itemReader(codec, 100, inexact, (row) => ({ row }));
  const values: unknown[] = [];
  for (const { held, from, range: { first, end } } of blocks.parts({ first: 0, end: items.length })) {
    const { block } = held;
    const decode = textDecoder(block.bytes);
    const place = { from, first: n<ItemNumber>(first), count: end - first, use: held.use, firstLine: held.firstLine };
    const range: ItemRange = { block, decode, ...place, next: 0, textFrom: 0, textEnd: 0 };
    for (let i = 0; i < range.count; i++) if (!skip.includes(first + i)) values.push(read(range, n(from + i)));
  }
  return values;
}

function readOne(codec: ItemCodec, bytes: Uint8Array | null): unknown {
  return readAll(codec, [bytes])[0];
}

Deno.test("item reader: JSON, text and bytes", () => {
  assertEquals(readAll("json", ['{"a":"ä"}', "[1]", " 1e3 ", "null"].map(encode)), [{ a: "ä" }, [1], 1000, null]);
  assertEquals(readAll("text", ["a\r", " ", "\ufeff€"].map(encode)), ["a\r", " ", "\ufeff€"]);
  assertEquals(readAll("bytes", [Uint8Array.of(255, 0), Uint8Array.of(10)]), [
    Uint8Array.of(255, 0),
    Uint8Array.of(10),
  ]);
});

Deno.test("item reader: bytes are the job's own: it may write to them", () => {
  const [a, b] = readAll("bytes", [encode("ab"), encode("cd")]) as Uint8Array[];
  assert(a.buffer !== b.buffer && a.buffer.byteLength === 2 && a.buffer instanceof ArrayBuffer);
});

Deno.test("item reader: what is not JSON says why", () => {
  for (const text of ["hello", "{a:1}", "1 2", "[1,", "'x'"]) {
    const error = assertThrows(() => readOne("json", encode(text)), CodedError);
    assertEquals([error.name, error.code], ["SyntaxError", "not-json"]);
    assert(/^not JSON: .+$/.test(error.message), error.message);
  }
});

Deno.test("item reader: what is not UTF-8 names the first byte that cannot be", () => {
  const bad: readonly (readonly [number[], number])[] = [
    [[0xff], 1],
    [[0x61, 0x62, 0x80, 0x63], 3],
    [[0xc3, 0xa4, 0xc3, 0x28], 4], // the byte that should have gone on
    [[0xe2, 0x82, 0xac, 0xed, 0xa0, 0x80], 5], // half of a surrogate pair
    [[0x61, 0xc0, 0x80], 2],
    [[0x61, 0xe2, 0x82], 4], // the line ends too early
  ];
  for (const [bytes, place] of bad) {
    for (const codec of ["json", "text"] as const) {
      const message = `not UTF-8: byte ${place} of the line`;
      const error = assertThrows(() => readOne(codec, Uint8Array.from(bytes)), CodedError);
      assertEquals([error.name, error.message, error.code], ["TypeError", message, "not-utf8"]);
    }
  }
});

Deno.test("item reader: the first bad byte of a row is counted from where its line begins, without the head before it", () => {
  const row = (text: string, ...more: number[]) => Uint8Array.from([...encode(`id,name\n${text}`), ...more]);
  assertEquals(readAll("csv", [row("6,b"), row("7,c")]), [{ row: "id,name\n6,b" }, { row: "id,name\n7,c" }]);
  const error = assertThrows(() => readAll("csv", [row("6,b"), row("7,é", 255)]), CodedError);
  assertEquals([error.code, error.message], ["not-utf8", "not UTF-8: byte 5 of the line"]);
});

Deno.test("item reader: bad UTF-8 spoils its own item only", () => {
  const items = [encode("a"), Uint8Array.of(0xff), encode("ä"), encode("b")];
  assertEquals(readAll("text", items, [1]), ["a", "ä", "b"]);
});

Deno.test("item reader: a line that was too long is an error of its own", () => {
  const error = assertThrows(() => readOne("bytes", null), CodedError);
  assertEquals([error.name, error.message, error.code], [
    "RangeError",
    "the item is longer than 100 bytes",
    "line-too-long",
  ]);
  assertEquals(readAll("text", [encode("a"), null, encode("b"), null], [1, 3]), ["a", "b"]);
});

const item = fc.oneof(
  { weight: 6, arbitrary: fc.string({ maxLength: 20 }) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(10_000, 70_000, 600_000).map((length) => "x".repeat(length)) },
  { weight: 1, arbitrary: fc.constant(null) },
);

Deno.test("item reader: each item is its own text, whatever stands around it and is skipped", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(item, fc.nat(3)), { maxLength: 30 }), (items) => {
      const bytes = items.map(([text]) => text === null ? null : encode(text));
      const skip = [...items.keys()].filter((i) => items[i][0] === null || items[i][1] === 0);
      const expected = items.map(([text]) => text).filter((_, i) => !skip.includes(i));
      const seen = readAll("text", bytes, skip);
      assertEquals(seen.length, expected.length);
      assertEquals(seen.findIndex((text, i) => text !== expected[i]), -1);
    }),
    { numRuns: 200 },
  );
});

Deno.test("item reader: each item that loses an integer is counted, wherever it stands and whatever stands around it", () => {
  const plain = fc.constantFrom(
    '{"a":1}',
    '[1,"x"]',
    "12345678901234",
    '"12345678901234567"',
    '{"e":"é"}',
    '{"f":0.12345678901234567}',
  );
  const lossy = fc.constantFrom(
    '{"id":9007199254740993}',
    "[-12345678901234567]",
    "9007199254740993",
    '{"é":9007199254740993}',
  );
  const many = fc.tuple(
    fc.integer({ min: 0, max: 1500 }),
    plain,
    lossy,
    fc.array(fc.oneof(plain, lossy), { maxLength: 20 }),
  );
  fc.assert(
    fc.property(many, ([before, filling, first, after]) => {
      const items = [...Array.from({ length: before }, () => filling), first, ...after];
      const counted = new InexactItems();
      readAll("json", items.map(encode), [], counted);
      const isLossy = (text: string) => lostIn(text).integers;
      assertEquals(counted.take(), { items: items.filter(isLossy).length, line: n(before + 1) });
    }),
    { numRuns: 100 },
  );
});

Deno.test("item reader: what is decoded later is looked at, too", () => {
  const counted = new InexactItems();
  const plain = encode(`{"text":"${"x".repeat(100)}"}`);
  const items = Array.from({ length: 1701 }, (_, i) => i === 1700 ? encode('{"id":9007199254740993}') : plain);
  readAll("json", items, [], counted);
  assertEquals(counted.take(), { items: 1, line: n(1701) });
});

Deno.test("item reader: of keys that stand twice, the first 1000 objects and every 64th tell; then all are counted", () => {
  const counted = new InexactItems();
  const [plain, twice] = ['{"a":1}', '{"a":1,"a":2}'].map(encode);
  const items = Array.from({ length: 1200 }, (_, i) => i >= 1000 ? twice : plain);
  readAll("json", items, [], counted);
  assertEquals(counted.take(), { items: 1200 - 1024, line: n(1025) });
  assertEquals(counted.take(), undefined);
  const early = new InexactItems();
  readAll("json", items.toReversed(), [], early);
  assertEquals(early.take(), { items: 200, line: n(1) });
});

/** A range of ASCII lines, and which bytes are decoded of it, as `from-end`. */
function watched(lines: readonly string[], tooLong: readonly number[] = []) {
  const block = viewBlock(new SharedArrayBuffer(blockLength(lines.length, lines.join("").length)), lines.length);
  let bytes = 0;
  lines.forEach((line, place) => {
    const start = bytes;
    bytes += new TextEncoder().encodeInto(line, block.bytes.subarray(bytes)).written;
    if (tooLong.includes(place)) writeTooLong(block, n(place), n(1), n(place));
    else writeFrame(block, n(place), n(1), start, bytes, n(place));
  });
  const decoded: string[] = [];
  const decodeBytes = textDecoder(block.bytes);
  const decode = (from: number, end: number) => (decoded.push(`${from}-${end}`), decodeBytes(from, end));
  const place = {
    from: n<never>(0),
    first: n<never>(0),
    count: lines.length,
    use: n<never>(1),
    firstLine: n<never>(1),
  };
  const range: ItemRange = { block, decode, ...place, next: 0, textFrom: 0, textEnd: 0 };
  return { range, decoded };
}

Deno.test("item reader: lines side by side are decoded together, up to 64 KiB", () => {
  const read = itemReader("text", 100, new InexactItems());
  const short = watched(["ab", "cde", "f"]);
  assertEquals([0, 1, 2].map((place) => read(short.range, n(place))), ["ab", "cde", "f"]);
  assertEquals(short.decoded, ["0-6"]);
  const long = watched(["a".repeat(65_530), "bcdefg", "h", "i"]);
  for (const place of [0, 1, 2, 3]) read(long.range, n(place));
  assertEquals(long.decoded, ["0-65536", "65536-65538"]);
  const gap = watched(["ab", "cd", "ef"], [1]);
  for (const place of [0, 2]) read(gap.range, n(place));
  assertEquals(gap.decoded, ["0-2", "4-6"]);
});

Deno.test("item reader: only JSON that says something else than what was read is noted", () => {
  const { range } = watched(["1", "9007199254740993", '{"a":1,"a":2}', "[2]"]);
  const counts = (["json", "text", "bytes"] as const).map((codec) => {
    const counted = new InexactItems();
    const read = itemReader(codec, 100, counted);
    for (const place of [0, 1, 2, 3]) read(range, n(place));
    return counted.take();
  });
  assertEquals(counts, [{ items: 2, line: n(2) }, undefined, undefined]);
});

Deno.test("inexact items: they are counted until main is told, with the first line", () => {
  const items = new InexactItems();
  assertEquals(items.take(), undefined);
  for (const line of [7, 5, 9]) items.note(n(line));
  assertEquals(items.take() as unknown, { items: 3, line: 5 });
  assertEquals(items.take(), undefined);
  items.note(n(8));
  assertEquals(items.take() as unknown, { items: 1, line: 8 });
});
