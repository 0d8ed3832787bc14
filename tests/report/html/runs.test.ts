import { assert, assertEquals } from "@std/assert";
import { runsFigure, smallRunsFigure } from "../../../lib/report/html/runs.ts";

const cellsOf = (text: string) => [...text.matchAll(/<t[hd]>([^<]*)/g)].map(([, cell]) => cell);
const strip = (values: readonly number[]) => [{ label: "serial", values, color: "serial" }];

Deno.test("runs: the table has each run, each column in one unit", () => {
  const { text } = runsFigure("r", "Runs", [...strip([0.9, 1.1, 1.2]), {
    label: "threads",
    values: [2000],
    color: "threads",
  }]);
  assertEquals(cellsOf(text), [
    "ROUND",
    "serial, ms",
    "threads, s",
    "1",
    "0.900",
    "2.00",
    "2",
    "1.10",
    "–",
    "3",
    "1.20",
    "–",
  ]);
  assert(!text.includes("share one"));
});

Deno.test("runs: the table of many rounds, and of one plot among many, has quantiles", () => {
  const many = runsFigure("r", "Runs", strip(Array.from({ length: 101 }, (_, i) => i + 1))).text;
  const few = smallRunsFigure("r", "Runs", strip([1, 2, 3])).text;
  const head = ["TIME OF", "RUNS", "MIN", "25 %", "MEDIAN", "75 %", "99 %", "MAX"];
  assertEquals(cellsOf(many), [...head, "serial, ms", "101", "1.00", "26.0", "51.0", "76.0", "100", "101"]);
  assertEquals(cellsOf(few), ["TIME OF", "RUNS", "MIN", "MEDIAN", "MAX", "serial, ms", "3", "1.00", "2.00", "3.00"]);
});

Deno.test("runs: it says when dots stand for several runs", () => {
  const { text } = runsFigure("r", "Runs", strip(Array.from({ length: 60 }, () => 1)));
  assert(/60 runs, \d+ dots: runs that cannot be told apart share one\./.test(text), text);
});
