import { assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { type RecordFault, TaggedFile } from "../../lib/gather/tagged_file.ts";
import { readerOf, Refused, taggedFile } from "./tagged_text.ts";

const decoder = new TextDecoder();

/** All records of a file: line, kind, and the text of the value or of the record. */
async function recordsOf(text: string, chunk?: number, separator?: "\n" | "\0") {
  const file = taggedFile(text, 0, chunk, separator);
  const records = [];
  while (await file.advance()) {
    const { line, kind, bytes, valueAt } = file;
    records.push([line, decoder.decode(kind === "value" ? bytes.subarray(valueAt, -1) : bytes)]);
  }
  return records;
}

async function faultOf(text: string, chunk?: number): Promise<RecordFault> {
  const refusal = await assertRejects(() => recordsOf(text, chunk), Refused<RecordFault>);
  return refusal.fault;
}

Deno.test("tagged file: values and error records, with their lines", async () => {
  const error = '{"line":3,"error":{"name":"E","message":"m"}}';
  const located = '{"line":4,"at":"b.txt:1","error":{"name":"E","message":"m"}}';
  assertEquals(await recordsOf(`{"line":1,"value":4}\n{"line":1,"value":"}"}\n${error}\n${located}\n`), [
    [1, "4"],
    [1, '"}"'],
    [3, error],
    [4, located],
  ]);
  assertEquals(await recordsOf('{"line":1,"value":"\\n\n"}\0{"line":2,"value":[]}\0', 1, "\0"), [
    [1, '"\\n\n"'],
    [2, "[]"],
  ]);
  assertEquals(await recordsOf(""), []);
  assertEquals(await recordsOf('{"line":9007199254740991,"value":{}}\n'), [[9007199254740991, "{}"]]);
});

Deno.test("tagged file: the last record may lack its newline, but nothing more", async () => {
  const text = '{"line":1,"value":{"a":{}}}';
  assertEquals(await recordsOf(text), [[1, '{"a":{}}']]);
  for (let length = 1; length < text.length; length++) {
    assertEquals(await faultOf(`{"line":1,"value":0}\n${text.slice(0, length)}`), { kind: "cut-off", record: 2 });
    assertEquals(await faultOf(text.slice(0, length)), { kind: "cut-off", record: 1 });
  }
});

Deno.test("tagged file: a last line that is not the beginning of a record is not taken for one that is cut off", async () => {
  const start = new TextEncoder().encode("hello, world");
  assertEquals(await faultOf("hello, world"), { kind: "not-tagged", record: 1, start });
});

Deno.test("tagged file: a lower line is refused, an equal one is not", async () => {
  const lines = (...numbers: number[]) => numbers.map((line) => `{"line":${line},"value":0}\n`).join("");
  assertEquals((await recordsOf(lines(1, 1, 3, 3, 10))).length, 5);
  assertEquals(await faultOf(lines(1, 3, 2)), { kind: "out-of-order", record: 3, line: 2, after: 3 });
  assertEquals(await faultOf(lines(10, 9)), { kind: "out-of-order", record: 2, line: 9, after: 10 });
});

Deno.test("tagged file: what is no tagged record is refused, with how it begins", async () => {
  const others = [
    ...["1", "", "line,value", '{"value":1}', '{"line":"1","value":1}', '{"line":,"value":1}', '{"line":0,"value":1}'],
    ...[
      '{"line":-1,"value":1}',
      '{"line":1.5,"value":1}',
      '{"line":1}',
      '{"line":1,"values":1}',
      '{"line":1,"value":1',
    ],
    ...['{"line":9007199254740992,"value":1}', '{"line":1,"error":"x"', '{"line": 1, "value": 2}'],
    ...[
      '{"rows":1,"value":1}',
      '["line":1,"value":1}',
      '{"line":1;"value":1}',
      '{"line":1/,"value":1}',
      '{"line":1:,"value":1}',
    ],
  ];
  for (const text of others) {
    const { kind, record, ...rest } = await faultOf(`{"line":1,"value":0}\n${text}\n{"line":2,"value":0}\n`);
    assertEquals([kind, record], ["not-tagged", 2], text);
    assertEquals(decoder.decode((rest as { start: Uint8Array }).start), text, text);
  }
});

Deno.test("tagged file: what has no end in sight is refused as soon as it can be told", async () => {
  let reads = 0;
  const endless = {
    read: (into: Uint8Array) => Promise.resolve(into.fill(120, 0, ++reads < 10 ? 100 : fail()).length && 100),
    close: () => {},
  };
  const file = new TaggedFile(0, endless, "\n", (fault) => new Refused(fault));
  await assertRejects(async () => await file.advance(), Refused);
  assertEquals(reads, 1);
});

function fail(): never {
  throw new Error("it reads on");
}

Deno.test("tagged file: it keeps a chunk of a file of any length, and of a longer record not much more", async () => {
  const record = (line: number, length: number) => `{"line":${line},"value":"${"x".repeat(length)}"}\n`;
  const [short, long] = [Array.from({ length: 5_000 }, (_, i) => record(i + 1, 100)).join(""), record(5_001, 150_000)];
  const file = taggedFile(short + long);
  let records = 0;
  for (; file.line < 5_000; records++) assertEquals(await file.advance(), true);
  assertEquals([records, file.bytes.buffer.byteLength], [5_000, 64 * 1024]);
  assertEquals(await file.advance(), true);
  assertEquals(`${decoder.decode(file.bytes)}\n` === long, true);
  assertEquals(file.bytes.buffer.byteLength, 4 * 64 * 1024);
});

Deno.test("tagged file: closing it closes its reader", () => {
  const reader = readerOf("");
  new TaggedFile(0, reader, "\n", (fault) => new Refused(fault)).close();
  assertEquals(reader.closed, true);
});

Deno.test("tagged file: records of any size, however they are cut into chunks", async () => {
  const records = fc.array(fc.record({ step: fc.nat({ max: 3 }), text: fc.string({ maxLength: 200, size: "max" }) }), {
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 100 }), fc.boolean(), async (given, chunk, isLong) => {
      let line = 1;
      const expected = given.map(({ step, text }) => [line += step, JSON.stringify(isLong ? text.repeat(1000) : text)]);
      const text = expected.map(([line, value]) => `{"line":${line},"value":${value}}\n`).join("");
      assertEquals(await recordsOf(text, isLong ? 10_000 * chunk : chunk), expected);
    }),
    { numRuns: 50 },
  );
});
