import { assert, assertEquals, assertThrows } from "@std/assert";
import type { Format } from "../../../lib/exec/wire/protocol.ts";
import { optionRemedies } from "../../../lib/exec/wire/remedies.ts";
import { describeError, recordMaker } from "../../../lib/exec/slot/record.ts";
import { CodedError, errorRecord } from "../../../lib/exec/wire/error_record.ts";

const plain: Format = {
  input: "json",
  output: "json",
  separator: "\n",
  errorSeparator: "\n",
  errorsAtOnce: false,
  tag: false,
  maxResult: 1000,
  maxLine: 1000,
  remedies: optionRemedies,
};

Deno.test("record: JSON, a line each", () => {
  const record = recordMaker(plain);
  const values = [1, "a\nb", { a: [1, undefined] }, undefined, NaN, new Map([[1, 2]])];
  assertEquals(values.map((value) => record(value, 1)), [
    "1\n",
    '"a\\nb"\n',
    '{"a":[1,null]}\n',
    "null\n",
    "null\n",
    "[[1,2]]\n",
  ]);
  assertThrows(() => record(() => 1, 1), Error, "result is a function");
});

Deno.test("record: text as it is, other values as JSON", () => {
  const record = recordMaker({ ...plain, output: "text" });
  assertEquals([record("a\r\0b", 1), record("", 1), record({ a: "x" }, 1), record(null, 1)], [
    "a\r\0b\n",
    "\n",
    '{"a":"x"}\n',
    "null\n",
  ]);
});

Deno.test("record: text that holds the separator is refused", () => {
  const lines = recordMaker({ ...plain, output: "text" });
  assertThrows(() => lines("a\nb", 1), CodedError, "holds a newline, which separates records");
  assertThrows(() => lines("\n", 1), CodedError);
  const nulls = recordMaker({ ...plain, output: "text", separator: "\0" });
  assertEquals(nulls("a\nb", 1), "a\nb\0");
  assertThrows(() => nulls("a\0b", 1), CodedError, "holds a NUL, which separates records");
});

Deno.test("record: text with half a surrogate pair is refused, and JSON escapes it", () => {
  const text = recordMaker({ ...plain, output: "text" });
  for (const half of ["a\ud83d", "\ude00b", "\ude00\ud83d"]) {
    assertThrows(() => text(half, 1), CodedError, "half a surrogate pair");
    assertEquals(JSON.parse(`${recordMaker(plain)(half, 1)}`), half);
  }
  assertEquals(text("a\ud83d\ude00", 1), "a\u{1f600}\n");
});

Deno.test("record: what is far too long is refused before it is written or walked through", () => {
  let reads = 0;
  const counted = new Proxy([], {
    get: (_, name) => name === "length" ? 1e9 : name === "toJSON" ? undefined : reads++,
  });
  const far = [
    new Array(1e8),
    counted,
    new Uint8Array(1e8),
    { a: new Array(4e9) },
    [[new Array(1e9)]],
    "x".repeat(2000),
  ];
  for (const value of far) {
    assertThrows(() => recordMaker(plain)(value, 1), CodedError, "the result is longer than 1000 bytes");
  }
  assertEquals(reads, 0);
});

Deno.test("error records are never cut inside a surrogate pair", () => {
  const { error } = JSON.parse(errorRecord(1, { name: "Error", message: "x" + "\u{1f600}".repeat(9000) }, ""));
  assert(error.message.isWellFormed(), "half a pair");
  assertEquals(error.message.length, 10_000);
  const path = { ["x" + "\u{1f600}".repeat(50)]: () => {} };
  assertThrows(() => recordMaker(plain)(path, 1), CodedError, `\u{1f600}…"] is a function`);
});

Deno.test("record: tagged with its line, also text", () => {
  for (const output of ["json", "text"] as const) {
    const record = recordMaker({ ...plain, output, tag: true, separator: "\0" });
    assertEquals(record('a\n"b"\0', 17), '{"line":17,"value":"a\\n\\"b\\"\\u0000"}\0');
  }
});

Deno.test("record: bytes are the value itself, anything else is refused", () => {
  const record = recordMaker({ ...plain, output: "bytes" });
  const bytes = Uint8Array.of(1, 10, 0);
  assert(record(bytes, 1) === bytes);
  assertThrows(() => record("abc", 1), CodedError, "the result is string; with bytes as output, return a Uint8Array");
  assertThrows(() => record(bytes.buffer, 1), CodedError);
});

Deno.test("record: a result as long as allowed passes, one byte more does not, in UTF-8", () => {
  for (const output of ["json", "text"] as const) {
    const record = recordMaker({ ...plain, output, maxResult: 30 });
    const quotes = output === "json" ? 2 : 0;
    for (const [unit, bytes] of [["a", 1], ["é", 2], ["€", 3], ["\u{1f600}", 4]] as const) {
      const most = Math.floor((30 - 1 - quotes) / bytes);
      const text = unit.repeat(most) + "a".repeat(29 - quotes - most * bytes);
      assertEquals(new TextEncoder().encode(`${record(text, 1)}`).length, 30);
      assertThrows(
        () => record(`${text}a`, 1),
        CodedError,
        "the result is longer than 30 bytes",
      );
    }
  }
  const record = recordMaker({ ...plain, output: "bytes", maxResult: 3 });
  record(new Uint8Array(3), 1);
  assertThrows(() => record(new Uint8Array(4), 1), CodedError, "longer than 3 bytes");
});

Deno.test("error record: one line of JSON whatever was thrown, its message cut to a readable length", () => {
  const record = errorRecord(3, { name: "a\nb", message: 'say "x"\0' }, "\0");
  assertEquals(record, '{"line":3,"error":{"name":"a\\nb","message":"say \\"x\\"\\u0000"}}\0');
  assertEquals(
    errorRecord(3, { name: "E", message: "m", code: "not-json" }, "\n"),
    '{"line":3,"error":{"name":"E","message":"m","code":"not-json"}}\n',
  );
  const { error } = JSON.parse(errorRecord(3, { name: "Error", message: "x".repeat(100_000) }, "\n"));
  assertEquals(error.message, `${"x".repeat(10_000)}…`);
});

Deno.test("describeError: errors of ours have a code, those of a job have none", () => {
  const ours = { name: "RangeError", message: "too long", code: "line-too-long" } as const;
  assertEquals(describeError(new CodedError(ours.name, ours.message, ours.code)), ours);
  const theirs = Object.assign(new Error("no such file"), { code: "ENOENT" });
  assertEquals(describeError(theirs), { name: "Error", message: "no such file", code: undefined });
});

Deno.test("describeError: a thrown Response says its status and where it came from", () => {
  const of = (response: object) => describeError(response);
  const plainError = (message: string) => ({ name: "Response", message, code: undefined });
  assertEquals(
    of(new Response("", { status: 429, statusText: "Too Many Requests" })),
    plainError("429 Too Many Requests"),
  );
  assertEquals(of(new Response("", { status: 503 })), plainError("503"));
  const fetched = Object.defineProperty(new Response("", { status: 404 }), "url", { value: "https://a.example/b" });
  assertEquals(of(fetched), plainError("404 from https://a.example/b"));
  const hostile = Object.defineProperty(new Response(), "status", {
    get() {
      throw new Error("not even this");
    },
  });
  assertEquals(of(hostile).message, "thrown: something that cannot be shown");
});

Deno.test("describeError: anything that can be thrown", () => {
  const hostile = Object.defineProperty(new Error(), "message", {
    get() {
      throw new Error("not even this");
    },
  });
  const cycle: unknown[] = [];
  cycle.push(cycle);
  const thrown: readonly (readonly [unknown, string, string])[] = [
    [new RangeError("x"), "RangeError", "x"],
    ["text", "Error", "thrown: text"],
    [null, "Error", "thrown: null"],
    [undefined, "Error", "thrown: undefined"],
    [{ a: 1 }, "Error", 'thrown: {"a":1}'],
    [Symbol("s"), "Error", "thrown: Symbol(s)"],
    [1n, "Error", "thrown: something that cannot be shown"],
    [cycle, "Error", "thrown: something that cannot be shown"],
    [hostile, "Error", "thrown: something that cannot be shown"],
    [Object.assign(new Error(), { name: 7, message: null }), "7", "null"],
  ];
  for (const [error, name, message] of thrown) assertEquals(describeError(error), { name, message, code: undefined });
});
