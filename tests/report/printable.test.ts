import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { printable, printableJson } from "../../lib/report/printable.ts";

/** What moves a terminal's cursor, changes its colours or turns the direction of text. */
// deno-lint-ignore no-control-regex -- these must not come
const harmful = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'\0\x07\b\t\n\r\x1b\x7f\x9b\u200f\u202e\u2066a"\\'),
    fc.string({ unit: "binary", maxLength: 1 }),
  ),
});

Deno.test("printable: nothing in it can act on a terminal; tabs, line breaks and all else stay", () => {
  fc.assert(fc.property(hostile, (text) => {
    const shown = printable(text);
    assert(!harmful.test(shown), JSON.stringify(shown));
    if (!harmful.test(text)) assertEquals(shown, text);
  }));
  assertEquals(printable("a\x1b[31mb\r\u202e\tc\n"), "a\\u{1b}[31mb\\u{d}\\u{202e}\tc\n");
});

Deno.test("printableJson: nothing in it can act on a terminal, and it means the same", () => {
  fc.assert(fc.property(hostile, (text) => {
    const shown = printableJson(JSON.stringify(text));
    assert(!harmful.test(shown), JSON.stringify(shown));
    assertEquals(JSON.parse(shown), text);
  }));
});
