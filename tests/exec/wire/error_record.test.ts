import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { CodedError, cutText, errorRecord, withAttempts } from "../../../lib/exec/wire/error_record.ts";

const [encoder, decoder] = [new TextEncoder(), new TextDecoder()];

Deno.test("errorRecord: it is JSON with the line, the name and the message, and ends in its separator", () => {
  fc.assert(fc.property(fc.nat(), fc.string(), fc.string(), fc.constantFrom("\n", "\0"), (line, name, message, end) => {
    const record = errorRecord(line, { name, message }, end);
    assertEquals([JSON.parse(record.slice(0, -1)), record.at(-1)], [{ line, error: { name, message } }, end]);
    assert(!record.slice(0, -1).includes(end), "one record is one line");
  }));
});

Deno.test("errorRecord: the code of an error of our own is in it", () => {
  const error = new CodedError("RangeError", "the line is longer than 5 bytes", "line-too-long");
  assert(error instanceof Error);
  assertEquals(
    errorRecord(7, error, "\n"),
    '{"line":7,"error":{"name":"RangeError","message":"the line is longer than 5 bytes","code":"line-too-long"}}\n',
  );
});

Deno.test("errorRecord: a message of 10,000 characters is whole, of a longer one stands the beginning", () => {
  const messageOf = (message: string): string =>
    JSON.parse(errorRecord(1, { name: "Error", message }, "\n")).error.message;
  assertEquals(messageOf("m".repeat(10_000)), "m".repeat(10_000));
  assertEquals(messageOf("m".repeat(10_001)), `${"m".repeat(10_000)}…`);
});

Deno.test("withAttempts: the record says also how often the item was tried, and is else the same", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.nat(), fc.constantFrom("\n", "\0"), (message, tries, end) => {
      const record = errorRecord(3, { name: "Error", message }, end);
      const longer = decoder.decode(withAttempts(encoder.encode(record), tries));
      assertEquals(longer.at(-1), end);
      assertEquals(JSON.parse(longer.slice(0, -1)), { ...JSON.parse(record.slice(0, -1)), attempts: tries });
    }),
  );
});

Deno.test("cutText: a text that fits stays; of another stands the beginning and …, never half a character", () => {
  assertEquals([cutText("abc", 3), cutText("abcd", 3), cutText("", 0)], ["abc", "abc…", ""]);
  assertEquals([cutText("ab😀", 4), cutText("ab😀c", 4), cutText("ab😀", 3)], ["ab😀", "ab😀…", "ab…"]);
  assertEquals(cutText("a\udc00b", 2), "a\udc00…", "a low surrogate has no other half behind it");
  assertEquals(cutText("\u{10000}\u{10000}", 1), "…", "the first high surrogate");
  assertEquals(cutText("\u{10ffff}\u{10ffff}", 1), "…", "the last high surrogate");
  assertEquals(cutText("a\ud7ffb", 2), "a\ud7ff…", "the last character before the surrogates");
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), fc.nat(20), (text, units) => {
    const cut = cutText(text, units);
    assert(cut.isWellFormed() && cut.length <= units + 1);
    if (cut !== text) assertStringIncludes(text, cut.slice(0, -1));
  }));
});
