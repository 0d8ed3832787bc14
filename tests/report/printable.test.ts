import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { printable, printableJson, printableLine } from "../../lib/report/printable.ts";

/** What moves a terminal's cursor, changes its colours, ends a line for some programs or turns the direction of text. */
const harmful = /(?![\t\n])[\p{Control}\p{Bidi_Control}\u2028\u2029]/u;

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(...'\0\x07\b\t\n\r\x1b\x7f\x9b\u061c\u200f\u2028\u202e\u2066a"\\'),
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

Deno.test("printableLine: the same, and it is one line", () => {
  fc.assert(fc.property(hostile, (text) => {
    const shown = printableLine(text);
    assert(!/[\t\n]/.test(shown) && !harmful.test(shown), JSON.stringify(shown));
    if (!/[\t\n]/.test(text)) assertEquals(shown, printable(text));
  }));
  assertEquals(printableLine("a\tb\nc\x1b"), "a\\tb\\nc\\u{1b}");
});
