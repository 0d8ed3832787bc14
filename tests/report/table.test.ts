import { assert, assertEquals } from "@std/assert";
import { type Column, fittedTable, joinedParts, table, textWidth } from "../../lib/report/table.ts";

const columns: Column[] = [{ title: "NAME", align: "left" }, { title: "N", align: "right" }, {
  title: "SAYS",
  align: "left",
}];
const short: Column[] = [{ title: "A", align: "left" }, { title: "N", align: "right" }, { title: "S", align: "left" }];
const rows = [["a", "1,000", "yes"], ["long name", "7", ""]];

/** A terminal that shows rows in one line. */
const style = { terminal: true, color: true, width: 80, unicode: true };

Deno.test("table: columns are as wide as their widest cell or title, two blanks apart; no line ends in blanks", () => {
  assertEquals(table(columns, rows), [
    "NAME           N  SAYS",
    "a          1,000  yes",
    "long name      7",
  ]);
});

Deno.test("table: a wide character takes two columns of a terminal", () => {
  assertEquals(["a", "日本", "é", "日x"].map(textWidth), [1, 4, 1, 3]);
  assertEquals(table(short, [["日本", "1", "x"], ["abc", "2", "y"]]), ["A     N  S", "日本  1  x", "abc   2  y"]);
});

Deno.test("table: paint gets each padded cell with its column and row, the titles' row is -1", () => {
  const seen: (readonly [string, number, number])[] = [];
  const lines = table(columns, rows, (cell, column, row) => {
    seen.push([cell, column, row]);
    return `<${cell}>`;
  });
  assertEquals(lines[1], "<a        >  <1,000>  <yes>");
  assertEquals(seen.slice(0, 4), [["NAME     ", 0, -1], ["    N", 1, -1], ["SAYS", 2, -1], ["a        ", 0, 0]]);
  assertEquals(seen.at(-1), ["", 2, 1]);
});

Deno.test("fittedTable: the first head with which every line fits, to the last column; else rows as on a narrow terminal", () => {
  const wide: Column[] = [columns[0], columns[1], { title: "S".repeat(80 - 18), align: "left" }];
  const head = (width: number) => fittedTable([wide, columns, short], rows, 1, { ...style, width })[0];
  assert(head(80).startsWith("NAME"));
  assertEquals(head(80).length, 80);
  assertEquals(head(79), "NAME           N  SAYS");
  const long = [["x".repeat(90), "1", "y"]];
  assertEquals(fittedTable([columns, short], long, 1, style), ["x".repeat(90), "    n 1, s y"]);
});

Deno.test("fittedTable: on a terminal of less than 72 columns the rest of a row is below, with the titles of the last head", () => {
  const paint = (cell: string, column: number, row: number) => `<${cell}${column}${row}>`;
  const shown = (width: number) => fittedTable([columns, short], rows, 1, { ...style, width }, paint);
  assertEquals(shown(71), ["<a00>", "    n <1,00010>, s <yes20>", "<long name01>", "    n <711>"]);
  assertEquals(shown(72)[0], "<NAME     0-1>  <    N1-1>  <SAYS2-1>");
  assertEquals(fittedTable([columns], [["a", "1,000", "yes"], ["b", "7", "–"]], 2, { ...style, width: 40 }), [
    "a  1,000",
    "    says yes",
    "b  7",
  ]);
});

Deno.test("fittedTable: on a narrow terminal no line is longer than it, whatever colours it", () => {
  const titles = ["NAME", "ABOUT", "95% CI", "MORE", "LAST"].map((title): Column => ({ title, align: "left" }));
  const row = ["x", "some words about it", "0.98…1.02", "12 345", "6"];
  const bold = (cell: string) => `\x1b[1m${cell}\x1b[22m`;
  assertEquals(fittedTable([titles], [row], 2, { ...style, width: 20 }, bold), [
    `${bold("x")}  ${bold("some words about")}`,
    `   ${bold("it")}`,
    `    95% CI ${bold("0.98…1.02")},`,
    `    more ${bold("12 345")},`,
    `    last ${bold("6")}`,
  ]);
  assertEquals(fittedTable([titles], [row], 2, { ...style, width: 60 }), [
    "x  some words about it",
    "    95% CI 0.98…1.02, more 12 345, last 6",
  ]);
});

Deno.test("joinedParts: as many as fit, to the last column; a part is not broken", () => {
  const parts = ["aa 1", "bb 2", "cc 3"].map((text) => ({ plain: text, text }));
  assertEquals(joinedParts(parts, 16), ["aa 1, bb 2, cc 3"]);
  assertEquals(joinedParts(parts, 15), ["aa 1, bb 2,", "cc 3"]);
  assertEquals(joinedParts(parts, 11), ["aa 1, bb 2,", "cc 3"]);
  assertEquals(joinedParts(parts, 10), ["aa 1,", "bb 2, cc 3"]);
  assertEquals(joinedParts(parts, 3), ["aa 1,", "bb 2,", "cc 3"]);
  assertEquals(joinedParts([], 10), []);
});
