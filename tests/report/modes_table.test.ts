import { assertEquals } from "@std/assert";
import type { ComparedMode } from "../../lib/model/comparison.ts";
import { modesTable } from "../../lib/report/modes_table.ts";
import { compared } from "../bench/suite_runs.ts";

const style = { terminal: true, color: false, width: 120, unicode: true };

/** What a colour is on, and all colours. */
// deno-lint-ignore no-control-regex -- colours
const [on, codes] = [/\x1b\[(?!39m|22m)(\d+)m([^\x1b]*)/g, /\x1b\[\d+m/g];

const numbers = { itemsPerSecond: 391, p99Ms: 2.9, lagP99Ms: 3, rssBytes: 54 * 2 ** 20 };
const serial = compared({ mode: "serial", threads: 1, tasks: 1 }, 1, numbers);
const tasks = compared({ mode: "tasks", threads: 1, tasks: 64 }, 1.02, { ...numbers, interval: [0.99, 1.05] });
const threads = compared({ mode: "threads", threads: 2, tasks: 1 }, 1.96, { ...numbers, interval: [1.91, 2.01] });

Deno.test("modesTable: a row each; short titles where the long ones do not fit", () => {
  const wide = [
    "MODE     THREADS×TASKS  VERDICT     ITEMS/S  VS SERIAL     95% CI      P99      LAG       RSS",
    "serial             1×1    baseline      391      1.00×             2.90 ms  3.00 ms  54.0 MiB",
    "threads            2×1  ✔ faster        391      1.96×  1.91…2.01  2.90 ms  3.00 ms  54.0 MiB",
  ];
  assertEquals(modesTable([serial, threads], style), wide);
  assertEquals(modesTable([serial, threads], { ...style, width: wide[0].length }), wide);
  assertEquals(modesTable([serial, threads], { ...style, width: wide[0].length - 1 }), [
    "MODE     N×K  VERDICT     ITEMS/S  RATIO     95% CI      P99      LAG       RSS",
    "serial   1×1    baseline      391  1.00×             2.90 ms  3.00 ms  54.0 MiB",
    "threads  2×1  ✔ faster        391  1.96×  1.91…2.01  2.90 ms  3.00 ms  54.0 MiB",
  ]);
});

Deno.test("modesTable: each verdict has its mark, and what was not measured a dash", () => {
  const cells = (mode: ComparedMode) => modesTable([mode], style)[1].split(/ {2,}/);
  const marks = (["faster", "slower", "same", "unclear"] as const).map((verdict) => cells({ ...tasks, verdict })[2]);
  assertEquals(marks, ["✔ faster", "✘ slower", "= same", "≈ unclear"]);
  assertEquals(cells({ ...tasks, p99Ms: null, lagP99Ms: 0 }).slice(-3), ["–", "0 ms", "54.0 MiB"]);
});

Deno.test("modesTable: on a narrow terminal mode, cell and verdict come first, then the numbers that there are", () => {
  assertEquals(modesTable([serial], { ...style, width: 60 }), [
    "serial  1×1    baseline",
    "    items/s 391, ratio 1.00×, p99 2.90 ms, lag 3.00 ms,",
    "    rss 54.0 MiB",
  ]);
});

Deno.test("modesTable: colours are those of the modes and the verdicts, on nothing else, and change no column", () => {
  const colored = { ...style, color: true };
  const all = [
    serial,
    { ...tasks, verdict: "unclear" as const },
    { ...tasks, verdict: "slower" as const },
    { ...tasks, verdict: "same" as const },
    threads,
    compared({ mode: "both", threads: 2, tasks: 4 }, 2),
  ];
  const lines = modesTable(all, colored);
  const painted = lines.map((line) => [...line.matchAll(on)].map(([, code, cell]) => `${code} ${cell.trim()}`));
  assertEquals(painted, [
    [],
    ["2 baseline"],
    ["36 tasks", "33 ≈ unclear"],
    ["36 tasks", "31 ✘ slower"],
    ["36 tasks"],
    ["33 threads", "32 ✔ faster"],
    ["35 both", "32 ✔ faster"],
  ]);
  assertEquals(lines.map((line) => line.replace(codes, "").trimEnd()), modesTable(all, style));
});
