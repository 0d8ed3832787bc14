import { assert, assertEquals } from "@std/assert";
import type { RunResult } from "../../lib/model/result.ts";
import { choiceText, lineText, type RunProgress, runProgress, runText } from "../../lib/report/run_text.ts";

const progress: RunProgress = {
  done: 48_112,
  failed: 3,
  total: 50_000,
  elapsedMs: 63_222,
  resting: 0,
  threads: 2,
  tasks: 1,
};

Deno.test("runProgress: what is done, how far, how fast", () => {
  assertEquals(runProgress(progress), {
    what: "48,112/50,000",
    share: 48_112 / 50_000,
    detail: "761/s  failed 3  2×1",
  });
  const unknown = runProgress({ ...progress, total: undefined, failed: 0 });
  assertEquals(unknown, { what: "48,112 items", share: undefined, detail: "761/s  2×1" });
  const first = runProgress({ ...progress, done: 0, elapsedMs: 1 });
  assertEquals(first, { what: "0/50,000", share: 0, detail: "0.00/s  failed 3  2×1" });
});

Deno.test("runProgress: there are at least as many items as are done, and maybe none", () => {
  assertEquals(runProgress({ ...progress, done: 20, total: 10 }).what, "20/20");
  assertEquals(runProgress({ ...progress, done: 0, total: 0 }).share, undefined);
});

Deno.test("runProgress: an item that runs for long is named", () => {
  const last = (ageMs: number) =>
    runProgress({ ...progress, oldest: { at: lineText(17), ageMs } }).detail?.split("  ").at(-1);
  assertEquals([last(61_000), last(100)], ["line 17 runs 61 s", "2×1"]);
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
