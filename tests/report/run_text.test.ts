import { assert, assertEquals } from "@std/assert";
import type { RunResult } from "../../lib/model/result.ts";
import {
  choiceText,
  inexactText,
  journalText,
  lineText,
  logText,
  missedText,
  type RunProgress,
  runProgress,
  runText,
  standstillText,
} from "../../lib/report/run_text.ts";

const progress: RunProgress = {
  done: 48_112,
  failed: 3,
  total: 50_000,
  elapsedMs: 63_222,
  resting: 0,
  running: 0,
  threads: 2,
  tasks: 1,
};

const style = { width: 200 };

Deno.test("journalText: which it does, and how far the run has come", () => {
  assertEquals(journalText({ kind: "begins", name: "j", at: null }), "new journal j");
  assertEquals(journalText({ kind: "begins", name: "j", at: 0 }), "new journal j");
  assertEquals(
    journalText({ kind: "begins", name: "j", at: 1_234 }),
    "new journal j; results go after the 1,234 bytes that the output has",
  );
  const past = { kind: "goes on", name: "j", before: { ok: 1_231, failed: 3 }, complete: false } as const;
  assertEquals(journalText(past), "goes on with journal j: 1,234 items done, 3 of them failed");
  assertEquals(journalText({ ...past, before: { ok: 1, failed: 0 } }), "goes on with journal j: 1 item done");
  assertEquals(
    journalText({ ...past, name: "\x1b[31m", complete: true }),
    "journal \\u{1b}[31m is complete: 1,234 items done, 3 of them failed; only lines added since then run",
  );
});

Deno.test("runProgress: what is done, how far, how fast", () => {
  assertEquals(runProgress(progress), {
    what: "48,112/50,000",
    share: 48_112 / 50_000,
    detail: "761/s  failed 3  2×1",
    more: [],
  });
  const unknown = runProgress({ ...progress, total: undefined, failed: 0 });
  assertEquals(unknown, { what: "48,112 items", share: undefined, detail: "761/s  2×1", more: [] });
  const first = runProgress({ ...progress, done: 0, elapsedMs: 1 });
  assertEquals(first, { what: "0/50,000", share: 0, detail: "0.00/s  failed 3  2×1", more: [] });
});

Deno.test("runProgress: there are at least as many items as are done, and maybe none", () => {
  assertEquals(runProgress({ ...progress, done: 20, total: 10 }).what, "20/20");
  assertEquals(runProgress({ ...progress, done: 0, total: 0 }).share, undefined);
});

Deno.test("runProgress: what holds starts back, how long items take, and how many run, the most important first", () => {
  const times = { p50Ms: 12.34, p99Ms: 1_280 };
  assertEquals(runProgress({ ...progress, heldBack: "reader", times, running: 1_024 }).more, [
    "held back by reader",
    "p50 12 ms  p99 1.3 s",
    "1,024 in flight",
  ]);
});

Deno.test("runText: how long items took, where that was measured", () => {
  const text = (rest: Partial<RunResult>) => runText({ result: { ...result, ...rest }, elapsedMs: 66_100 }, style);
  const [, measured] = text({ p50Ms: 0.0121, p99Ms: 81.9, restarts: 1 }).split(" · 756/s · ");
  assertEquals(measured, "p50 12 µs  p99 82 ms · 1 thread replaced\n");
});

Deno.test("logText: the log ends, the run does not", () => {
  assertEquals(logText(new Error("cannot write")), "cannot write; the log ends here, and the run goes on");
});

Deno.test("runProgress: an item that runs for long is named", () => {
  const last = (ageMs: number) =>
    runProgress({ ...progress, oldest: { at: lineText(17), ageMs } }).detail?.split("  ").at(-1);
  assertEquals([last(61_000), last(100)], ["line 17 runs 61 s", "2×1"]);
  assertEquals([last(3_001), last(3_000)], ["line 17 runs 4 s", "2×1"]);
});

Deno.test("runProgress: one failed item is told, and one that waits for its next attempt", () => {
  assertEquals(runProgress({ ...progress, failed: 1, resting: 1 }).detail, "761/s  failed 1  waiting to retry 1  2×1");
  assertEquals(runProgress({ ...progress, resting: 1_200 }).detail, "761/s  failed 3  waiting to retry 1,200  2×1");
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
  p50Ms: null,
  p99Ms: null,
  threads: 2,
  tasks: 1,
  isolate: "worker",
  latency: null,
};

Deno.test("runText: counts, width, time and speed; the exit code where it is not 0", () => {
  const text = (rest: Partial<RunResult>) => runText({ result: { ...result, ...rest }, elapsedMs: 66_100 }, style);
  assertEquals(text({ exitCode: 1 }), "done: 49,997 ok, 3 failed (exit 1) · 2×1 · 66.1 s · 756/s\n");
  assertEquals(text({ how: "stopped", exitCode: null }), "stopped: 49,997 ok, 3 failed · 2×1 · 66.1 s · 756/s\n");
  assert(text({ how: "failed-fast" }).startsWith("failed fast: "));
  assert(text({ how: "too-many-failures" }).startsWith("too many failures (--max-failures): "));
  assert(text({ restarts: 2 }).endsWith("756/s · 2 threads replaced\n"));
  const before = { ok: 1_000, failed: 1 };
  assertEquals(
    text({ failed: 0, exitCode: 1, before, next: "tandem …" }),
    "done: 49,997 ok, 0 failed (exit 1) · 2×1 · 66.1 s · 756/s · before: 1,000 ok, 1 failed\nAgain: tandem …\n",
  );
});

Deno.test("runText: failed items count for the speed; what happened once is told too", () => {
  const text = (rest: Partial<RunResult>) =>
    runText({ result: { ...result, ok: 0, failed: 0, ...rest }, elapsedMs: 1_000 }, style);
  assertEquals(text({ ok: 100, failed: 50 }), "done: 100 ok, 50 failed · 2×1 · 1.00 s · 150/s\n");
  const once = { restarts: 1, skipped: 1, before: { ok: 0, failed: 1 } };
  assertEquals(
    text({ ok: 100, ...once }),
    "done: 100 ok, 0 failed · 2×1 · 1.00 s · 100/s · 1 thread replaced · 1 blank line · before: 0 ok, 1 failed\n",
  );
  const even = text({ ok: 100, before: { ok: 5, failed: 5 } });
  assert(even.endsWith(" · before: 5 ok, 5 failed\n"), even);
});

Deno.test("runText: a run that was stopped is continued, one that is done is run again", () => {
  const next = (how: RunResult["how"]) =>
    runText({ result: { ...result, how, next: "tandem …" }, elapsedMs: 1 }, style).split("\n")[1];
  assertEquals([next("done"), next("stopped"), next("failed-fast")], [
    "Again: tandem …",
    "Continue: tandem …",
    "Continue: tandem …",
  ]);
});

Deno.test("inexactText: how many items changed, where the first is, why, and what to do", () => {
  assertEquals(
    inexactText({ items: 1, at: lineText(1_042) }),
    "1 item changed when read as JSON, the first in line 1,042: an integer beyond 2^53, a number out of range, or the " +
      "same key twice; to get lines as they are: --input lines, see tandem help job",
  );
});

Deno.test("choiceText: what was chosen and why", () => {
  const width = { threads: 2, tasks: 8 };
  assertEquals(
    choiceText(width, { itemMs: 1.02, cpuMs: 1 }),
    "2×8: an item takes 1.02 ms, 1.00 ms of it computing",
  );
  assertEquals(
    choiceText(width, { itemMs: 1, cpuMs: 1.2 }), // the two are measured apart
    "2×8: an item takes 1.00 ms, 1.00 ms of it computing",
  );
  assertEquals(choiceText(width, { itemMs: 50 }), "2×8: an item takes 50.0 ms");
});

Deno.test("runText: a run that held its target says nothing of it; one that missed it says so", () => {
  const lines = (latency: RunResult["latency"], next: string | null = null) =>
    runText({ result: { ...result, latency, next }, elapsedMs: 1_000 }, style).trimEnd().split("\n");
  assertEquals(lines({ targetMs: 200, missedMs: null }), ["done: 49,997 ok, 3 failed · 2×1 · 1.00 s · 50,000/s"]);
  const missed = { targetMs: 200, missedMs: 312.4 };
  assertEquals(lines(missed, "tandem …").slice(1), [missedText(missed), "Again: tandem …"]);
  assertEquals(
    missedText(missed),
    "even 1×1 misses the target: 99 % of the items should take less than 200 ms, and p99 is 312 ms",
  );
});

Deno.test("standstillText: what holds starts back, what was found, and what goes on", () => {
  const meanwhile = "meanwhile each thread runs one item at a time, for 0.5 s every 10 s";
  assertEquals(
    standstillText({ kind: "load", load: 0.934 }, "--load 80%"),
    `nothing starts for now, because of --load 80%: the load of the machine is 93 %; ${meanwhile}`,
  );
  assertEquals(
    standstillText({ kind: "memory", freeBytes: 2 ** 29 }, "--mem-free 1GiB"),
    `nothing starts for now, because of --mem-free 1GiB: only 512 MiB of memory is free; ${meanwhile}`,
  );
});

Deno.test("runText: the summary wraps, the next command does not", () => {
  const text = runText({ result: { ...result, next: "tandem run a-long-name-of-a-job.js" }, elapsedMs: 1_000 }, {
    width: 30,
  });
  const lines = text.trimEnd().split("\n");
  assertEquals(lines.at(-1), "Again: tandem run a-long-name-of-a-job.js");
  assertEquals(lines.slice(0, -1).filter((line) => line.length > 30), []);
  assertEquals(lines.length > 2, true);
});
