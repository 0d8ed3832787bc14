import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { UsageError } from "../../../lib/errors.ts";
import type { AnyDocument } from "../../../lib/model/document.ts";
import { csv } from "../../../lib/report/exports/csv.ts";
import { saved } from "./saved.ts";

/** Rows of CSV by RFC 4180: fields between commas, quoted where they have a comma, a quote or a line end. */
function parse(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length;) {
    const [whole, quoted, plain, end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(text.slice(at)) ?? [];
    if (whole === undefined) throw new Error(`no field at ${JSON.stringify(text.slice(at, at + 20))}`);
    row.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end !== ",") {
      rows.push(row);
      row = [];
    }
    at += whole.length;
  }
  return rows;
}

/** A document of a run of `streams` whose items have these texts. */
function streams(texts: readonly string[]): AnyDocument {
  const document = saved("streams");
  const [run] = document.result.runs;
  const items = texts.map((text) => ({ atMs: 1.5, kind: "message" as const, text }));
  return { ...document, result: { runs: [{ ...run, items }] } };
}

Deno.test("csv: a header, a row for each cell of a comparison, and numbers as the document has them", () => {
  const document = saved("compare", "compare_grid");
  const [header, ...rows] = parse(csv([document]));
  const { modes, grid } = document.result;
  const cells = [...modes, ...grid?.cells ?? []];
  assertEquals(rows.length, cells.length);
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
  assertEquals(column("ratio"), cells.map(({ ratio }) => String(ratio)));
  assertEquals(column("ratioLow"), cells.map(({ interval }) => String(interval?.[0] ?? "")));
  assertEquals(column("rssBytes"), cells.map(({ rssBytes }) => String(rssBytes)));
  assertEquals(new Set(column("part")), new Set(["modes", "grid"]));
  assertEquals(new Set(column("startedAt")), new Set([document.startedAt]));
});

Deno.test("csv: every row of every command has the columns of its header", () => {
  for (const command of ["claims", "compare", "scale", "streams", "run"] as const) {
    const [header, ...rows] = parse(csv([saved(command)]));
    assertEquals(rows.filter((row) => row.length !== header.length), [], command);
    assertEquals(new Set(header).size, header.length, command);
  }
});

Deno.test("csv: a run with a timeline has the columns of one without", () => {
  const [header, row, other] = parse(csv([saved("run"), saved("run", "run_timeline")]));
  assertEquals([row.length, other.length], [header.length, header.length]);
  assertEquals([header.includes("timeline"), other[header.indexOf("retried")]], [false, "5"]);
});

Deno.test("csv: documents of one command share a header; those of two are refused", () => {
  const one = saved("scale");
  assertEquals(parse(csv([one, one])).length, 2 * one.result.rungs.length + 1);
  const message = assertThrows(() => csv([one, saved("streams")]), UsageError).message;
  assertEquals(message, "CSV has one kind of row, and these are documents of scale and streams: one at a time");
});

Deno.test("csv: a text that a spreadsheet would take for a formula gets a ' before it, a number does not", () => {
  const texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "plain", "a=b"];
  const [, ...rows] = parse(csv([streams(texts)]));
  assertEquals(rows.map((row) => row.at(-1)), ["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", "plain", "a=b"]);
  const document = saved("scale");
  const [rung] = document.result.rungs;
  const less = { ...document, result: { ...document.result, rungs: [{ ...rung, totalBytes: -4096 }] } };
  assertMatch(csv([less]), /,-4096,/);
});

Deno.test("csv: any text parses back", () => {
  const text = fc.string({ unit: fc.constantFrom('"', ",", "\r", "\n", "=", "'", "a", " ", "é", "\t") });
  fc.assert(fc.property(fc.array(text, { minLength: 1 }), (texts) => {
    const [, ...rows] = parse(csv([streams(texts)]));
    assertEquals(rows.map((row) => row.at(-1)), texts.map((text) => /^[=+\-@\t\r]/.test(text) ? `'${text}` : text));
  }));
});

Deno.test("csv: two runtimes have a row for each mode of each, and columns that say which", () => {
  const two = saved("compare", "compare_runtimes");
  const { modes, changes } = two.result;
  const [header, ...rows] = parse(csv([two]));
  const column = (name: string) => rows.map((row) => row[header.indexOf(name)]);
  assertEquals(column("mode"), ["serial", "tasks", "threads", "serial", "tasks", "threads"]);
  assertEquals(column("runtime"), ["deno", "deno", "deno", "node", "node", "node"]);
  assertEquals(new Set(column("runtimeVersion")), new Set(["2.9.6", "20.20.2"]));
  const cells = [...changes!.map(({ old }) => old), ...modes];
  assertEquals(column("itemsPerSecond"), cells.map(({ itemsPerSecond }) => String(itemsPerSecond)));
});

Deno.test("csv: only comparisons of runtimes have these columns, beside others too", () => {
  const [one, two] = [saved("compare"), saved("compare", "compare_runtimes")];
  const [plain] = parse(csv([one]));
  assertEquals(plain.filter((name) => name.startsWith("runtime")), []);
  for (const documents of [[one, two], [two, one]]) {
    const [header, ...rows] = parse(csv(documents));
    assertEquals(header, [...plain, "runtime", "runtimeVersion"]);
    assertEquals(new Set(rows.map((row) => row.at(-2))), new Set(["", "deno", "node"]));
  }
});
