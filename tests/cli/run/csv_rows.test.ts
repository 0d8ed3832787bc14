import { assertEquals } from "@std/assert";
import fc from "fast-check";
import type { Delivery } from "../../../lib/exec/pool/delivery.ts";
import { fieldsOf } from "../../../lib/exec/wire/rows.ts";
import { CsvRows } from "../../../lib/cli/run/csv_rows.ts";

const [decoder, encoder] = [new TextDecoder(), new TextEncoder()];

/** Results of consecutive items, as slots tag them. */
function ok(first: number, values: readonly unknown[]): Delivery {
  const records = values.map((value, i) => `${JSON.stringify({ line: first + i + 1, value })}\n`);
  return { kind: "ok", first, items: values.length, bytes: encoder.encode(records.join("")) };
}

function told(deliveries: readonly Delivery[]) {
  return deliveries.map(({ kind, first, items, bytes }) => [kind, first, items, decoder.decode(bytes)]);
}

const written = (deliveries: readonly Delivery[]) => deliveries.map(({ bytes }) => decoder.decode(bytes)).join("");

Deno.test("csv rows: the first result names the columns; others are rows, whatever the order of their keys", () => {
  const rows = new CsvRows(false);
  assertEquals(told(rows.write([ok(0, [{ b: 1, a: "x" }, { a: "y", b: 2 }]), ok(2, [{ b: 3, a: "z" }])])), [
    ["ok", 0, 2, "b,a\n1,x\n2,y\n"],
    ["ok", 2, 1, "3,z\n"],
  ]);
});

Deno.test("csv rows: fields are texts as they are, other values as JSON, and nothing for null and what is missing", () => {
  const values = [
    { s: "a,b", n: 1.5, b: true, o: { x: [1, "2"] }, z: null },
    { s: 'say "hi"', n: -1 },
    { s: "two\nlines\r", o: [] },
    { s: "=1+1", z: "" },
  ];
  assertEquals(
    written(new CsvRows(false).write([ok(0, values)])),
    's,n,b,o,z\n"a,b",1.5,true,"{""x"":[1,""2""]}",\n"say ""hi""",-1,,,\n"two\nlines\r",,,[],\n=1+1,,,,\n',
  );
  assertEquals(written(new CsvRows(false).write([ok(0, [{ a: "" }, { a: null }, { a: 0 }])])), 'a\n""\n""\n0\n');
});

Deno.test("csv rows: what is no row is an error record with its line, and the others go on", () => {
  const rows = new CsvRows(false);
  const values = [7, { a: 1 }, { a: 2, c: 3 }, null, ["x"], {}, { a: 4 }];
  const found = told(rows.write([ok(0, values)]));
  assertEquals(found.map(([kind, first, items]) => [kind, first, items]), [
    ["error", 0, 1],
    ["ok", 1, 1],
    ["error", 2, 1],
    ["error", 3, 1],
    ["error", 4, 1],
    ["error", 5, 1],
    ["ok", 6, 1],
  ]);
  const errors = found.filter(([kind]) => kind === "error").map(([, , , text]) => JSON.parse(`${text}`));
  assertEquals(errors.map(({ line, error }) => [line, error.code, error.message]), [
    [1, "result-not-row", "the result is a number; for a row of CSV return an object"],
    [3, "result-not-row", 'the result has the key "c", but the first result, which named the columns, had not'],
    [4, "result-not-row", "the result is null; for a row of CSV return an object"],
    [5, "result-not-row", "the result is an array; for a row of CSV return an object"],
    [6, "result-not-row", "the result is an object without keys, so there is no row"],
  ]);
  assertEquals([found[1][3], found[6][3]], ["a\n1\n", "4\n"]);
});

Deno.test("csv rows: with --tag the first column is the line, which no result may have", () => {
  const rows = new CsvRows(true);
  const [first, error] = rows.write([ok(4, [{ a: 1 }, { line: 2, a: 3 }])]);
  assertEquals(decoder.decode(first.bytes), "line,a\n5,1\n");
  assertEquals(JSON.parse(decoder.decode(error.bytes)).error.message.slice(0, 31), 'the result has the key "line", ');
});

Deno.test("csv rows: a generator whose values are no rows fails once, and does not end well too", () => {
  const rows = new CsvRows(false);
  const value = (first: number, values: readonly unknown[]): Delivery => ({
    ...ok(first, []),
    kind: "value",
    bytes: encoder.encode(values.map((value) => `${JSON.stringify({ line: first + 1, value })}\n`).join("")),
  });
  const end = (first: number, items: number): Delivery => ({ kind: "end", first, items, bytes: new Uint8Array() });
  const given = [value(0, [{ a: 1 }, 2, 3, { a: 4 }]), value(1, [{ a: 5 }]), end(0, 2), end(2, 1)];
  assertEquals(rows.write(given).map(({ kind, items }) => [kind, items]), [
    ["value", 1],
    ["error", 1],
    ["error", 0],
    ["value", 1],
    ["value", 1],
    ["end", 1],
    ["end", 1],
  ]);
});

Deno.test("csv rows: what else there is passes through as it is", () => {
  const error: Delivery = { kind: "error", first: 3, items: 1, bytes: encoder.encode('{"line":4}\n') };
  assertEquals(new CsvRows(false).write([error]), [error]);
});

Deno.test("csv rows: any texts come back from what was written", () => {
  const text = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", "é", " ") });
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (pairs) => {
      const values = pairs.map(([a, b]) => ({ a: `<${a}`, b: `${b}>` })); // so that a row's end can be told
      const [header, ...rows] = written(new CsvRows(false).write([ok(0, values)])).split(/(?<=>"?)\n|(?<=^a,b)\n/);
      assertEquals(header, "a,b");
      assertEquals(rows.slice(0, -1).map((row) => fieldsOf(row, "csv")), values.map(({ a, b }) => [a, b]));
    }),
    { numRuns: 500 },
  );
});
