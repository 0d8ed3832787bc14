import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { CodedError } from "../../../lib/exec/wire/error_record.ts";
import { fieldsOf, type RowFormat, rowHead, rowReader } from "../../../lib/exec/wire/rows.ts";

function refused(row: string, format: RowFormat = "csv"): string {
  const error = assertThrows(() => fieldsOf(row, format), CodedError);
  assertEquals([error.name, error.code], ["SyntaxError", "not-csv"]);
  return error.message;
}

Deno.test("rows: fields as RFC 4180 has them", () => {
  const rows: readonly (readonly [string, readonly string[]])[] = [
    ["aaa,bbb,ccc", ["aaa", "bbb", "ccc"]],
    ['"aaa","b \r\nbb","ccc"', ["aaa", "b \r\nbb", "ccc"]],
    ['"aaa","b""bb","ccc"', ["aaa", 'b"bb', "ccc"]],
    ['"","""",""""""', ["", '"', '""']],
    [",", ["", ""]],
    [",a,,", ["", "a", "", ""]],
    ['"a,b",c', ["a,b", "c"]],
    [" a , b\t", [" a ", " b\t"]],
    ["ä,😀", ["ä", "😀"]],
    ["", [""]],
  ];
  for (const [row, fields] of rows) assertEquals(fieldsOf(row, "csv"), fields, row);
  assertEquals(fieldsOf('a,b\t"c\td"\t', "tsv"), ["a,b", "c\td", ""]);
});

Deno.test("rows: what RFC 4180 has not is named with its field", () => {
  assertEquals(refused('a,"b'), "not CSV: the quote of field 2 is not closed");
  assertEquals(refused('"'), "not CSV: the quote of field 1 is not closed");
  assertEquals(refused('a,b,"c"d'), "not CSV: field 3 goes on after its closing quote");
  assertEquals(refused('"a" ,b'), "not CSV: field 1 goes on after its closing quote");
  assertEquals(refused('a,5" b'), "not CSV: field 2 has a quote in it, so it must be quoted itself");
  assertEquals(refused('a\t"b', "tsv"), "not TSV: the quote of field 2 is not closed");
});

const fields = fc.array(fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", "\t", "é", "😀") }), {
  minLength: 1,
});

Deno.test("rows: fields that are quoted, where they must be or not, come back as they were", () => {
  fc.assert(
    fc.property(fields, fc.array(fc.boolean()), fc.constantFrom("csv", "tsv"), (fields, quoted, format) => {
      const row = fields.map((field, i) =>
        quoted[i] || /[,"\n\r\t]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field
      );
      assertEquals(fieldsOf(row.join(format === "csv" ? "," : "\t"), format), fields);
    }),
    { numRuns: 2_000 },
  );
});

Deno.test("rows: an item is an object of its head's names, whatever these are", () => {
  const read = rowReader("csv");
  const names = ["b", "__proto__", "toString", "a\n", "1"];
  const row = read(`${rowHead(names)}1,2,"3\n",,5`);
  assertEquals(
    JSON.parse(JSON.stringify(row)),
    JSON.parse('{"1":"5","b":"1","__proto__":"2","toString":"3\\n","a\\n":""}'),
  );
  assertEquals(Object.getPrototypeOf(row), Object.prototype);
});

Deno.test("rows: heads may change from item to item, also to one that begins alike", () => {
  const read = rowReader("csv");
  const items = [`["a"]\n1`, `["a"]\n2`, `["a","b"]\n3,4`, `["a"]\n5`, `["ab"]\n6`];
  assertEquals(items.map((item) => JSON.stringify(read(item))), [
    '{"a":"1"}',
    '{"a":"2"}',
    '{"a":"3","b":"4"}',
    '{"a":"5"}',
    '{"ab":"6"}',
  ]);
});

Deno.test("rows: a row with too few or too many fields says how many", () => {
  const read = rowReader("csv");
  const message = (row: string) => assertThrows(() => read(`["a","b"]\n${row}`), CodedError).message;
  assertEquals(message("1"), "not CSV: the row has 1 field, the header has 2");
  assertEquals(message("1,2,3"), "not CSV: the row has 3 fields, the header has 2");
});

Deno.test("rows: reading an item goes on where the one before was malformed", () => {
  const read = rowReader("tsv");
  assertThrows(() => read('["a"]\n"'), CodedError);
  assertEquals(read('["a"]\n,'), { a: "," });
});
