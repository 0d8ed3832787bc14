import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type {
  LimitName,
  ScaleFit,
  ScaleKind,
  ScaleResult,
  ScaleRung,
  StopName,
  ThreadsEnd,
} from "../../lib/model/scale.ts";
import { scaleStepText, scaleText } from "../../lib/report/scale_text.ts";
import { rungOf } from "../scale/rungs.ts";
import { documentOf } from "./document_of.ts";

const style = { terminal: false, color: false, width: 80, unicode: true };
const [mib, gib] = [2 ** 20, 2 ** 30];

const result: ScaleResult = {
  rungs: [
    rungOf({ kind: "thread", alive: 1, totalBytes: 15 * mib }),
    rungOf({ kind: "thread", alive: 20, totalBytes: 160 * mib }),
    rungOf({ kind: "promise", alive: 100, totalBytes: mib }),
    rungOf({ kind: "thread", alive: 100, totalBytes: 740 * mib }),
    rungOf({ kind: "thread", alive: 1480, totalBytes: 10.4 * gib }),
    rungOf({ kind: "promise", alive: 10_000, totalBytes: 6 * mib }),
    rungOf({ kind: "thread", alive: 10_000, reached: 1480, stoppedBy: "max-memory", limit: 12 * gib }),
  ],
  fits: [
    { kind: "promise", bytesEach: 495.9, r2: 0.9991, rungs: 3 },
    { kind: "thread", bytesEach: 7.4 * mib, r2: 1, rungs: 3 },
  ],
  forecast: [
    { kind: "promise", limit: "heap", value: 4 * gib, alive: 8_654_321 },
    { kind: "promise", limit: "memory", value: 24 * gib, alive: 50_000_000 },
    { kind: "thread", limit: "memory", value: 24 * gib, alive: 3301 },
    { kind: "thread", limit: "map-count", value: 65_530, alive: 5000 },
  ],
  threadsEnd: { threads: 1480, endMs: 900, keptBytes: 2 * gib },
};
const text = (over: Partial<ScaleResult> = {}, look: Partial<typeof style> = {}) =>
  scaleText(documentOf("scale", { ...result, ...over }), { ...style, ...look });
/** The lines of the rungs. */
function rungLines(rungs: readonly ScaleRung[], look: Partial<typeof style> = {}): string[] {
  const [, shown] = text({ rungs }, look).split("\n\n");
  return shown.split("\n");
}

const stopped = (stoppedBy: StopName, parts: Partial<ScaleRung> = {}) =>
  text({ rungs: [rungOf({ kind: "timer", alive: 100, stoppedBy, ...parts })] }, { width: 120 });

Deno.test("scale text: rungs, costs and forecast", () => {
  assertEquals(
    text(),
    `tandem 0.1.0 · deno 2.9.6 · linux x86_64 · Test CPU, 2 cores · 4.00 GiB free

 ALIVE  KIND     1 KiB  1 MiB   1 GiB     TOTAL      EACH    START      END
     1  thread   ███████████▉          15.0 MiB  15.0 MiB  1.00 µs   500 ns
   100  promise                         < 4 MiB         –   100 µs  50.0 µs
        thread   ████████████████▊      740 MiB  7.40 MiB   100 µs  50.0 µs
 1,480  thread   ████████████████████  10.4 GiB  7.20 MiB  1.48 ms   740 µs
10,000  promise  ██████████▊           6.00 MiB     629 B  10.0 ms  5.00 ms
        thread   ✘ stopped at 1,480: would pass 12.0 GiB (--max-memory)

Cost of one: promise 496 B (R² 0.999), thread 7.40 MiB (R² 1.000).
A thread takes 15,600× the memory of a promise task.
1,480 threads ended in 900 ms, and 2.00 GiB were not given back.
Forecast: 3,300 threads until memory (24.0 GiB) is used up; 5,000 threads
  until vm.max_map_count (65,530) is used up; 8,650,000 promise tasks until the
  heap of one thread (4.00 GiB) is used up.
`,
  );
});

Deno.test("scale text: every line fits, from 60 columns on; below 72 a row takes two", () => {
  for (const width of [60, 71, 72, 80, 100, 200]) {
    for (const line of text({}, { width }).split("\n")) assert(line.length <= width, `${width}: ${line}`);
  }
  const narrow = text({}, { width: 60 });
  assertStringIncludes(narrow, "10,000  promise\n    total 6.00 MiB, each 629 B, start 10.0 ms, end 5.00 ms\n");
  assertStringIncludes(narrow, "10,000  thread\n    ✘ stopped at 1,480: would pass 12.0 GiB (--max-memory)\n");
});

Deno.test("scale text: tasks are cyan, threads yellow, and the cross of a stop red; no colour changes a width", () => {
  const colored = text({}, { color: true });
  for (const part of ["\x1b[36mpromise", "\x1b[33mthread", "\x1b[31m✘\x1b[39m stopped"]) {
    assertStringIncludes(colored, part);
  }
  const [, line] = rungLines([rungOf({ kind: "timer", alive: 10, totalBytes: 32 * mib })], { color: true });
  assertEquals(
    line,
    `   10  \x1b[36mtimer\x1b[39m  \x1b[36m${"█".repeat(15)}     \x1b[39m  32.0 MiB  3.20 MiB  10.0 µs  5.00 µs`,
  );
  // deno-lint-ignore no-control-regex -- colours
  assertEquals(colored.replace(/\x1b\[\d+m/g, ""), text());
});

Deno.test("scale text: bars are on an axis to 1 GiB at least, of 16 columns at 72 and 40 from 100 on", () => {
  const rungs = [
    rungOf({ kind: "timer", alive: 1000, totalBytes: 4 * mib }),
    rungOf({ kind: "timer", alive: 2000, totalBytes: 32 * mib }),
  ];
  assertEquals(rungLines(rungs, { width: 72 }), [
    "ALIVE  KIND   1 KiB  1 MiB         TOTAL      EACH    START      END",
    "1,000  timer  █████████▋        4.00 MiB  4.10 KiB  1.00 ms   500 µs",
    "2,000  timer  ████████████      32.0 MiB  16.4 KiB  2.00 ms  1.00 ms",
  ]);
  for (const width of [100, 200]) {
    const [head, , line] = rungLines(rungs, { width });
    assertMatch(head, / {2}1 KiB {14}1 MiB {11}1 GiB {2}/);
    assertMatch(line, / █{30} {10} {2}/);
  }
});

Deno.test("scale text: marks of the axis are at the ends of their bars and never touch; the highest total fills its bar", () => {
  const [titles] = rungLines([rungOf({ kind: "timer", alive: 1000, totalBytes: 2 ** 40 })], { width: 100 });
  const ends = ["1 KiB", "1 MiB", "1 GiB"].map((mark) => titles.indexOf(mark) - titles.indexOf("1 KiB"));
  assertEquals(ends, [0, 12, 25]); // they begin one column before: 10/30 and 20/30 of 40 columns
  for (let power = 30; power <= 46; power++) {
    for (let width = 72; width <= 100; width++) {
      const [head, line] = rungLines([rungOf({ kind: "timer", alive: 1000, totalBytes: 2 ** power })], { width });
      assert(!/\d [KMG]iB\d/.test(head), head);
      const axis = head.slice(head.indexOf("1 KiB"), head.indexOf("TOTAL")).length; // two blanks, and TOTAL is narrower
      if (power >= 31) assert(line.split("█").length - 1 >= axis - 9, `${head}\n${line}`);
    }
  }
});

Deno.test("scale text: what is below the resolution, or not known, has no bar and is not told as a number", () => {
  const rungs = [
    rungOf({ kind: "timer", alive: 1000, totalBytes: 4 * mib - 1 }),
    rungOf({ kind: "timer", alive: 2000 }),
    rungOf({ kind: "timer", alive: 3000, totalBytes: 4 * mib, eachBytes: 629.6 }),
  ];
  const cells = rungLines(rungs).slice(1).map((line) => line.split(/ {2,}/).filter((cell) => !cell.startsWith("█")));
  assertEquals(cells, [
    ["1,000", "timer", "< 4 MiB", "–", "1.00 ms", "500 µs"],
    ["2,000", "timer", "–", "–", "–", "–"],
    ["3,000", "timer", "4.00 MiB", "630 B", "3.00 ms", "1.50 ms"],
  ]);
});

Deno.test("scale text: of threads the powers of ten, the last one and those that were stopped are shown", () => {
  const all = [1, 7, 10, 77, 100, 777].map((alive) => rungOf({ kind: "thread", alive, totalBytes: alive * gib }));
  const stop = rungOf({ kind: "thread", alive: 5000, reached: 900, stoppedBy: "max-time" });
  const alive = (rungs: readonly ScaleRung[]) => rungLines(rungs).slice(1).map((line) => line.trim().split(" ")[0]);
  assertEquals(alive([...all, stop]), ["1", "10", "100", "777", "5,000"]);
  assertEquals(alive([...all, rungOf({ kind: "timer", alive: 5 })]), ["1", "10", "100", "777", "5"]);
  assertEquals(alive([rungOf({ kind: "timer", alive: 77 }), rungOf({ kind: "timer", alive: 100 })]), ["77", "100"]);
});

Deno.test("scale text: what a stop says goes on below itself", () => {
  const said = "error: one two three four five six seven eight nine ten eleven twelve";
  const rung = rungOf({ kind: "promise", alive: 10, reached: 5, stoppedBy: "crashed", said });
  const words = "✘ stopped at 5: its process crashed: error: one two three";
  assertEquals(rungLines([rung], { width: 73 }).slice(1), [
    `   10  promise  ${words}`,
    "                four five six seven eight nine ten eleven twelve",
  ]);
  assertEquals(rungLines([rung], { width: 55 }), [
    "10  promise",
    "    ✘ stopped at 5: its process crashed: error: one two",
    "    three four five six seven eight nine ten eleven",
    "    twelve",
  ]);
});

const stops: readonly (readonly [StopName, number | null, string])[] = [
  ["max-memory", mib, "would pass 1.00 MiB (--max-memory)"],
  ["max-time", 9, "no time left (--max-time)"],
  ["killed", null, "its process was killed, perhaps by the kernel"],
  ["crashed", null, "its process crashed"],
  ["interrupted", null, "interrupted"],
  ...([
    ["memory", gib, "memory: the limit is 1.00 GiB"],
    ["cgroup-memory", gib, "the memory limit of the control group: the limit is 1.00 GiB"],
    ["map-count", 65_530, "vm.max_map_count: the limit is 65,530"],
    ["user-processes", 96, "the user's processes (ulimit -u): the limit is 96"],
    ["open-files", null, "open files (ulimit -n)"],
  ] satisfies (readonly [LimitName, number | null, string])[]),
];

for (const [stoppedBy, limit, words] of stops) {
  Deno.test(`scale text: stopped by ${stoppedBy}`, () => {
    assertStringIncludes(stopped(stoppedBy, { limit }), `   100  timer  ✘ stopped: ${words}\n`.trimStart());
  });
}

Deno.test("scale text: of what a child said, the line that tells most", () => {
  const panic =
    "====\nDeno has panicked.\nArgs: []\n\nthread 'main' panicked at src/a.rs:1:2:\nno more files\nstack backtrace:\n 0: x";
  const said: readonly (readonly [string, string])[] = [
    ["SIGKILL", "SIGKILL"],
    [panic, "no more files"],
    ["#\n# Fatal process out of memory: Oilpan\n#\n====\n  deno(+0x1)", "Fatal process out of memory: Oilpan"],
    ["error: Uncaught Error: x\n    at y", "error: Uncaught Error: x"],
    ["a\nb\n", "b"],
    ["  \n  fatal: indented  \n", "fatal: indented"],
    [`error:${"x".repeat(200)}`, `\n +error:${"x".repeat(114)}`], // a line of its own
  ];
  for (const [all, line] of said) assertMatch(stopped("crashed", { said: all }), new RegExp(`crashed: ?${line}\n`));
});

Deno.test("scale text: without a cost, a thread's end or a forecast", () => {
  const bare = text({ fits: [], forecast: [], threadsEnd: null });
  assertMatch(bare, /\n\nToo little memory was taken to tell the cost of one\.\n$/);
});

Deno.test("scale text: what is being measured", () => {
  assertEquals(scaleStepText({ kind: "timer", alive: 10_000 }, 0), "10,000 timer");
  assertEquals([0, 1, 420].map((alive) => scaleStepText({ kind: "thread", upTo: 1e6 }, alive)), [
    "0 threads",
    "1 thread",
    "420 threads",
  ]);
});

Deno.test("scale text: threads are compared with promises, or else with the first kind of task that has a cost", () => {
  const cost = (kind: ScaleKind, bytesEach: number) => ({ kind, bytesEach, r2: 1, rungs: 3 });
  const said = (...fits: ScaleFit[]) =>
    text({ fits, forecast: fits.map(({ kind }) => ({ kind, limit: "memory", value: gib, alive: 10 })) }, {
      width: 200,
    }).split("\n").filter((line) => /^A thread|^Forecast/.test(line));
  const [thread, promise] = [cost("thread", 2000), cost("promise", 20)];
  assertEquals(said(cost("generator", 10), promise, cost("timer", 40), thread), [
    "A thread takes 100× the memory of a promise task.",
    "Forecast: 10 threads until memory (1.00 GiB) is used up; 10 promise tasks until memory (1.00 GiB) is used up.",
  ]);
  assertEquals(said(thread, cost("timer", 40), cost("fetch", 50)), [
    "A thread takes 50.0× the memory of a timer task.",
    "Forecast: 10 threads until memory (1.00 GiB) is used up; 10 timer tasks until memory (1.00 GiB) is used up.",
  ]);
  assertEquals(said(thread), ["Forecast: 10 threads until memory (1.00 GiB) is used up."]);
  assertEquals(said(promise), ["Forecast: 10 promise tasks until memory (1.00 GiB) is used up."]);
});

Deno.test("scale text: of threads the three nearest limits are told, of tasks the nearest one", () => {
  const limits: readonly LimitName[] = ["memory", "map-count", "open-files", "threads-max"];
  const forecast = (["thread", "promise"] as const)
    .flatMap((kind) => limits.map((limit) => ({ kind, limit, value: 9, alive: 10 })));
  assertEquals(text({ forecast }).match(/\d+\sthreads\suntil/g)?.length, 3);
  assertEquals(text({ forecast }).match(/\d+\spromise\stasks\suntil/g)?.length, 1);
});

Deno.test("scale text: threads that were not seen to end; no more than they took is given back", () => {
  const said = (end: Partial<ThreadsEnd>) =>
    text({ threadsEnd: { threads: 1, endMs: 900, keptBytes: 0, ...end } }, { width: 200 });
  const unseen = "\n1 thread was not seen to end.\n";
  assertStringIncludes(said({ endMs: null, keptBytes: null }), unseen);
  assertStringIncludes(said({ keptBytes: null }), unseen);
  assertStringIncludes(said({ threads: 2, endMs: null }), "\n2 threads were not seen to end.\n");
  assertStringIncludes(said({ keptBytes: -5 * mib }), "\n1 thread ended in 900 ms, and 0 B were not given back.\n");
});
