import { assert, assertEquals } from "@std/assert";
import type { RunResult } from "../../lib/model/result.ts";
import { choiceText, progressLine, type RunProgress, runText } from "../../lib/report/run_text.ts";

const progress: RunProgress = { done: 48_112, failed: 3, total: 50_000, elapsedMs: 63_222, threads: 2, tasks: 1 };

Deno.test("progressLine: what is done, how fast, how long it will take", () => {
  assertEquals(progressLine(progress, 80), "48,112/50,000   761/s   ETA 3 s   failed 3   2×1");
  assertEquals(progressLine({ ...progress, total: undefined, failed: 0 }, 80), "48,112   761/s   2×1");
  assertEquals(progressLine({ ...progress, done: 0, elapsedMs: 1 }, 80), "0/50,000   0.00/s   failed 3   2×1");
});

Deno.test("progressLine: an item that runs for long is named; the line fits the terminal", () => {
  const oldest = { line: 17, ageMs: 61_000 };
  assertEquals(progressLine({ ...progress, oldest }, 80).split("   ").at(-1), "line 17 runs 61 s");
  assertEquals(progressLine({ ...progress, oldest: { line: 17, ageMs: 100 } }, 80).split("   ").at(-1), "2×1");
  for (const width of [20, 40, 60]) assert(progressLine({ ...progress, oldest }, width).length < width);
});

const result: RunResult = {
  how: "done",
  exitCode: 0,
  next: null,
  lines: 50_000,
  ok: 49_997,
  failed: 3,
  skipped: 0,
  before: { ok: 0, failed: 0 },
  retried: 0,
  restarts: 0,
  bytesIn: 1,
  bytesOut: 1,
  linesPerSecond: 756,
  found: null,
  threads: 2,
  tasks: 1,
  isolate: "worker",
};

Deno.test("runText: counts, width, time and speed; the exit code where it is not 0", () => {
  const text = (rest: Partial<RunResult>) => runText({ result: { ...result, ...rest }, elapsedMs: 66_100 });
  assertEquals(text({ exitCode: 1 }), "done: 49,997 ok, 3 failed (exit 1) · 2×1 · 66.1 s · 756/s\n");
  assertEquals(text({ how: "stopped", exitCode: null }), "stopped: 49,997 ok, 3 failed · 2×1 · 66.1 s · 756/s\n");
  assert(text({ how: "failed-fast" }).startsWith("failed fast: "));
  assert(text({ restarts: 2 }).endsWith("756/s · 2 threads replaced\n"));
  const before = { ok: 1_000, failed: 1 };
  assertEquals(
    text({ failed: 0, exitCode: 1, before, next: "tandem …" }),
    "done: 49,997 ok, 0 failed (exit 1) · 2×1 · 66.1 s · 756/s · before: 1,000 ok, 1 failed\nAgain: tandem …\n",
  );
});

Deno.test("choiceText: what was chosen and why", () => {
  const width = { threads: 2, tasks: 8 };
  assertEquals(
    choiceText(width, { itemMs: 1.02, cpuMs: 1 }),
    "2×8: an item takes 1.02 ms, 1.00 ms of it computing",
  );
  assertEquals(choiceText(width, { itemMs: 50 }), "2×8: an item takes 50.0 ms");
});
