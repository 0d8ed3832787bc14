import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { InputFault } from "../../../lib/exec/input/item_cutter.ts";
import { RowCutter, type RowOptions } from "../../../lib/exec/input/row_cutter.ts";
import { bytesOf, chunksOf, type Cut, cutItems, type Item } from "./cut_items.ts";

/** What is thrown is the fault itself, as an error. */
class Refused extends Error {
  constructor(readonly fault: InputFault) {
    super(fault.kind);
  }
}

function cut(inputs: readonly (readonly Uint8Array[])[], options: Partial<RowOptions> = {}): Cut {
  const all = { format: "csv", maxLine: 1_000, refuse: (fault: InputFault) => new Refused(fault), ...options } as const;
  const { refused, ...rest } = cutItems(new RowCutter(all), inputs);
  if (refused !== undefined && !(refused instanceof Refused)) throw refused;
  return refused === undefined ? rest : { ...rest, refused: refused.fault };
}

const whole = (...texts: readonly string[]) => texts.map((text) => [bytesOf(text)]);

/**
 * The rows of a whole text, without a thought for time: a field is a quoted part and what follows up to the delimiter, where a
 * quote in the middle says nothing.
 */
function rowsOf(text: string, delimiter: string): { readonly text: string; readonly line: number }[] {
  const rows: { readonly text: string; readonly line: number }[] = [];
  const field = new RegExp(`(?:"(?:[^"]|"")*(?:"|$))?[^\\n${delimiter}]*`, "y");
  for (let from = 0; from < text.length;) {
    let end = from;
    while (true) {
      field.lastIndex = end;
      end += field.exec(text)![0].length;
      if (text[end] !== delimiter) break;
      end++;
    }
    rows.push({ text: text.slice(from, end).replace(/\r$/, ""), line: text.slice(0, from).split("\n").length });
    from = end + 1;
  }
  return rows;
}

function reference(input: string, { format, maxLine, shard, limit = Infinity, skipped = [] }: RowOptions): Cut {
  const text = input.replace(/^\xef\xbb\xbf/, "");
  const all = rowsOf(text, format === "csv" ? "," : "\t");
  const rows = all.filter((row) => row.text !== "");
  const names = rows[0]?.text.split(format === "csv" ? "," : "\t");
  const items = rows.slice(1)
    .map((row): Item => [row.line, row.text.length > maxLine ? null : `${JSON.stringify(names)}\n${row.text}`])
    .filter((_, i) => shard === undefined || i % shard.count === shard.index)
    .slice(0, limit)
    .filter((_, i) => !skipped.some(({ first, end }) => first <= i && i < end));
  return { items, lines: text.split("\n").length - (/(^|\n)$/.test(text) ? 1 : 0), blank: all.length - rows.length };
}

const pieces = fc.array(
  fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom('"', '""', ",", "\t", "\n", "\r\n", "a", "b", " ", '"a\nb"', ",\n", "\r") },
    { weight: 1, arbitrary: fc.nat(255).map((byte) => String.fromCharCode(byte)) },
    { weight: 1, arbitrary: fc.nat(30).map((length) => "x".repeat(length)) },
  ),
  { maxLength: 40 },
).map((parts) => parts.join(""));
const options = fc.record({
  format: fc.constantFrom("csv" as const, "tsv" as const),
  maxLine: fc.constantFrom(5, 9, 1_000),
  shard: fc.option(fc.nat(2).map((index) => ({ count: 3, index })), { nil: undefined }),
  limit: fc.option(fc.nat(5), { nil: undefined }),
  skipped: fc.option(
    fc.tuple(fc.nat(3), fc.nat(3)).map(([first, count]) => [{ first, end: first + count }]),
    { nil: undefined },
  ),
  refuse: fc.constant((fault: InputFault) => new Refused(fault)),
});

Deno.test("row cutter: any bytes in any chunks give the rows that a slow reader of the whole text finds", () => {
  const headers = fc.constantFrom("a\n", "\xef\xbb\xbfa,b\r\n", "\n\na\tb\n", "\xc3\xa4\n");
  fc.assert(
    fc.property(
      headers,
      pieces,
      fc.array(fc.nat(10_000), { maxLength: 8 }),
      options,
      (header, rest, places, options) => {
        assertEquals(cut([chunksOf(bytesOf(header + rest), places)], options), reference(header + rest, options));
      },
    ),
    { numRuns: 3_000 },
  );
});

Deno.test("row cutter: each row has the head of its own input, and lines go on over all", () => {
  const inputs = whole("a,b\n1,2\n", '\xef\xbb\xbf"x ""y""",z\r\n"3\n4",5\r\n\r\n6,7', "", "c\n8\n");
  assertEquals(cut(inputs), {
    items: [
      [2, '["a","b"]\n1,2'],
      [4, '["x \\"y\\"","z"]\n"3\n4",5'],
      [7, '["x \\"y\\"","z"]\n6,7'],
      [9, '["c"]\n8'],
    ],
    lines: 9,
    blank: 1,
  });
});

Deno.test("row cutter: where an input ends in a row, also within quotes, the next one begins anew", () => {
  for (const end of ["1", '"1', '"1"']) {
    const { items } = cut(whole(`a\n${end}`, 'a\n"2\n3"\n4\n'));
    assertEquals(items, [[2, `["a"]\n${end}`], [4, '["a"]\n"2\n3"'], [6, '["a"]\n4']]);
    const headless = cut(whole(end, '"2\n3"\n4\n'), { header: "a" });
    assertEquals(headless.items.map(([line]) => line), [1, 2, 4]);
  }
});

Deno.test("row cutter: a header that is given is that of all inputs, whose first rows are items", () => {
  const { items } = cut(whole("1\t2\n", "\xef\xbb\xbf3\n"), { format: "tsv", header: 'a,"b\t"' });
  assertEquals(items, [[1, '["a","b\\t"]\n1\t2'], [2, '["a","b\\t"]\n3']]);
});

Deno.test("row cutter: an empty line is blank, and one of spaces or tabs is a row", () => {
  assertEquals(cut(whole("a\n\n  \n\r\n")), { items: [[3, '["a"]\n  ']], lines: 4, blank: 2 });
  assertEquals(cut(whole("a\tb\n\t\n"), { format: "tsv" }).items, [[2, '["a","b"]\n\t']]);
});

Deno.test("row cutter: nothing, and a header alone, are no rows", () => {
  for (const input of ["", "\n", "a,b", "a,b\r\n\n", "\xef\xbb\xbf"]) assertEquals(cut(whole(input)).items, [], input);
});

Deno.test("row cutter: a header that cannot name fields is refused with its place", () => {
  const refused = (...texts: readonly string[]) => cut(whole(...texts), { maxLine: 20 }).refused;
  assertEquals(refused("a,,b\n1,2,3\n"), { kind: "name-missing", column: 2, input: 0, line: 1 });
  assertEquals(refused("a\n1\n", "\n\na,b,a\n"), { kind: "name-twice", name: "a", input: 1, line: 3 });
  assertEquals(refused(`${"a".repeat(21)}\n`), { kind: "header-too-long", maxLine: 20, input: 0, line: 1 });
  const malformed = { kind: "header-malformed", input: 0, line: 1 };
  assertEquals(refused('"a\n1\n'), { ...malformed, found: "not CSV: the quote of field 1 is not closed" });
  assertEquals(refused("a\xff\n"), { ...malformed, found: "not UTF-8" });
});

Deno.test("row cutter: a row that is refused keeps those before it", () => {
  const { items, refused } = cut(whole("a\n1\n2\n", ",\n"));
  assertEquals([items.length, (refused as InputFault).kind], [2, "name-missing"]);
});

Deno.test("row cutter: a quote that never ends takes in all lines, but no memory", () => {
  const endless = [bytesOf('a\n1\n"'), ...Array.from({ length: 50 }, () => bytesOf("x".repeat(999) + "\n"))];
  assertEquals(cut([endless]), { items: [[2, '["a"]\n1'], [3, null]], lines: 52, blank: 0 });
});

Deno.test("row cutter: what follows a closing quote says where the row ends", () => {
  assertEquals(cut(whole('a\n"x"y"\n2\n"x""\ny"z,"\n3\n')).items, [
    [2, '["a"]\n"x"y"'],
    [3, '["a"]\n2'],
    [4, '["a"]\n"x""\ny"z,"\n3\n'],
  ]);
});

Deno.test("row cutter: more rows than a block holds", () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => `${i},"${"y".repeat(i % 300)}"`);
  const input = bytesOf(`a,b\n${rows.join("\n")}`);
  const { items } = cut([chunksOf(input, [1_000, 60_000, 700_000])]);
  assertEquals(items.length, rows.length);
  assertEquals(items.findIndex(([line, text], i) => line !== i + 2 || text !== `["a","b"]\n${rows[i]}`), -1);
});
