import { assertEquals, assertStringIncludes } from "@std/assert";
import { nextTurn } from "../../../lib/clock.ts";
import { RunStatus, type RunView } from "../../../lib/cli/run/run_status.ts";
import type { Progress, Progressing } from "../../../lib/cli/terminal/progress.ts";
import { inexactText, lineText, missedText } from "../../../lib/report/run_text.ts";
import type { Finding } from "../../../lib/exec/tuning/tuner.ts";
import type { Line } from "../../../lib/exec/wire/numbers.ts";
import { testSession } from "../test_session.ts";

const plainView: RunView = {
  resting: () => 0,
  written: { ok: 0, failed: 0, bytes: 0 },
  width: () => ({ threads: 2, tasks: 3 }),
  counts: () => ({ lines: 0, blank: 0, items: 0, bytes: 0, taken: 0 }),
  totalBytes: () => undefined,
  limit: undefined,
  shards: 1,
  skipped: 0,
  before: { ok: 0, failed: 0 },
  isolate: "worker",
  running: () => Promise.resolve({ items: 0 }),
  heldBack: () => undefined,
  latency: () => null,
};

/** A status 2 s after the program's begin, what it does with the progress, and what it writes to stderr. */
function statusOf(given: Partial<RunView> = {}, { quiet = false, terminal = false } = {}) {
  let now = 500;
  const { session, stderr } = testSession({
    style: { terminal },
    clock: { now: () => now, wait: () => ({ done: new Promise(() => {}), cancel() {} }) },
  });
  now = 2_500;
  const did: string[] = [];
  let read: Parameters<Progress["start"]>[0] = () => ({ what: "" });
  const progress = {
    start: (given: typeof read) => void (read = given),
    erase: () => (did.push("erase"), Promise.resolve()),
    end: () => (did.push("end"), Promise.resolve()),
  };
  const view = { ...plainView, written: { ok: 0, failed: 0, bytes: 0 }, ...given };
  const status = new RunStatus(view, session, progress as unknown as Progress, quiet);
  return { status, did, stderr, read: async (): Promise<Progressing> => await read() };
}

/** What there is to do, as the progress tells it. */
async function what(given: Partial<RunView>): Promise<string> {
  return (await statusOf({ written: { ok: 3, failed: 2, bytes: 0 }, ...given }).read()).what;
}

/** After 1,000 of 10,000 bytes: 40 items, and 10 blank lines. */
const part = {
  counts: () => ({ lines: 50, blank: 10, items: 40, bytes: 3_000, taken: 1_000 }),
  totalBytes: () => 10_000,
};

Deno.test("run status: waits for input until there is a line", async () => {
  assertEquals(await statusOf({ written: { ok: 1, failed: 0, bytes: 0 } }).read(), { what: "waiting for input" });
});

Deno.test("run status: how far, and how fast since the program's begin, in items a second", async () => {
  const running = () => Promise.resolve({ items: 4, oldest: { line: 7, ageMs: 61_000 } });
  const { read } = statusOf({ ...part, written: { ok: 3, failed: 2, bytes: 0 }, running });
  assertEquals(await read(), {
    what: "5/400",
    share: 5 / 400,
    detail: "2.50/s  failed 2  2×3  line 7 runs 61 s",
    more: ["4 in flight"],
  });
});

Deno.test("run status: what holds starts back is told when it has been so at two paintings, and how long items take now", async () => {
  const held = ["reader", "input", "input", undefined, "rate", "rate", "key", "load", "load"] as const;
  let painting = 0;
  const recent = (now: number) => now === 2_500 ? { p50Ms: 12, p99Ms: 80 } : undefined;
  const { read, status, stderr } = statusOf({
    ...part,
    heldBack: () => held[painting++],
    times: { recent, all: { p50Ms: 10, p99Ms: 70 } },
  });
  const seen = [];
  while (painting < held.length) seen.push((await read()).more);
  const times = "p50 12 ms  p99 80 ms";
  assertEquals(seen, [
    [times],
    [times],
    ["held back by input", times],
    [times],
    [times],
    ["held back by rate", times],
    [
      times,
    ],
    [times],
    ["held back by load", times],
  ]);
  const { p50Ms, p99Ms } = await status.end({ how: "done", exitCode: 0, next: null, found: null });
  assertEquals([p50Ms, p99Ms], [10, 70]);
  assertEquals(stderr.text, "done: 0 ok, 0 failed · 2×3 · 2.00 s · 0.00/s · p50 10 ms  p99 70 ms · 10 blank lines\n");
});

Deno.test("run status: of several inputs it says where a line is", async () => {
  const running = () => Promise.resolve({ items: 1, oldest: { line: 7, ageMs: 61_000 } });
  const { status, stderr, read } = statusOf({ ...part, running, at: (line) => `b.txt:${line - 4}` });
  assertEquals((await read()).detail, "0.00/s  2×3  b.txt:3 runs 61 s");
  status.on({ kind: "uncaught", message: "late", line: 6 });
  status.countInexact({ items: 2, line: 9 as Line });
  await status.end({ how: "done", exitCode: 0, next: null, found: null });
  const [late, inexact] = stderr.text.split("\n");
  assertEquals(late, "! b.txt:2: an error came after its end: late");
  assertStringIncludes(inexact, "! 2 items changed when read as JSON, the first in b.txt:5: ");
});

Deno.test("run status: how many items there will be, from what was read of the bytes", async () => {
  assertEquals(await what({ ...part, totalBytes: () => undefined }), "5 items");
  assertEquals(
    await what({ ...part, counts: () => ({ lines: 1, blank: 0, items: 1, bytes: 0, taken: 0 }) }),
    "5 items",
  );
  assertEquals(await what({ ...part, limit: 300 }), "5/300");
  assertEquals(await what({ ...part, limit: 500 }), "5/400");
  assertEquals(await what({ ...part, shards: 4 }), "5/100");
  assertEquals(await what({ ...part, skipped: 150 }), "5/250"); // an earlier run has done them
  assertEquals(await what({ ...part, skipped: 500, written: plainView.written }), "0/0");
  assertEquals(await what({ ...part, shards: 60 }), "5/7"); // 6.67
});

Deno.test("run status: the length of the inputs is asked for once", async () => {
  let asked = 0;
  const { read } = statusOf({ ...part, totalBytes: () => 10_000 + asked++ });
  await read();
  await read();
  assertEquals(asked, 1);
  const { read: readUnknown } = statusOf({ ...part, totalBytes: () => (asked++, undefined) });
  await readUnknown();
  await readUnknown();
  assertEquals(asked, 2);
});

Deno.test("run status: makes room for a record; on the terminal that has the results, progress ends with the first one", async () => {
  const apart = statusOf();
  await apart.status.makeRoom();
  const together = statusOf({}, { terminal: true });
  await together.status.makeRoom();
  assertEquals([apart.did, together.did], [["erase"], ["end"]]);
});

Deno.test("run status: warns of errors that no record tells of, in a way that does nothing to a terminal", async () => {
  const { status, stderr, did } = statusOf();
  status.on({ kind: "uncaught", message: "a\x1b[2J", line: 7 });
  status.on({ kind: "uncaught", message: "b" });
  await settled();
  assertEquals(
    stderr.text,
    "! line 7: an error came after its end: a\\u{1b}[2J\n! an error came when no item of its thread ran: b\n",
  );
  assertEquals(did, ["erase", "erase"]);
});

Deno.test("run status: warns once of threads that keep a core busy; a process does not", async () => {
  for (const isolate of ["worker", "process"] as const) {
    const { status, stderr } = statusOf({ isolate });
    status.on({ kind: "killed" });
    status.on({ kind: "killed" });
    await settled();
    const warning = "! a thread that did not end in time keeps its core busy until the run ends; see --isolate\n";
    assertEquals(stderr.text, isolate === "worker" ? warning : "");
  }
});

Deno.test("run status: items that were not read as they are written are warned of once, at the end, with --quiet too", async () => {
  const { status, stderr } = statusOf({}, { quiet: true });
  status.countInexact(undefined);
  status.countInexact({ items: 2, line: 7 as Line });
  status.countInexact({ items: 1, line: 9 as Line });
  status.countInexact({ items: 3, line: 4 as Line });
  assertEquals(stderr.text, "");
  await status.end({ how: "done", exitCode: 0, next: null, found: null });
  assertEquals(stderr.text, `! ${inexactText({ items: 6, at: lineText(4) })}\n`);
  const one = statusOf({}, { quiet: true });
  one.status.countInexact({ items: 1, line: 2 as Line });
  await one.status.end({ how: "done", exitCode: 0, next: null, found: null });
  assertEquals(one.stderr.text, `! ${inexactText({ items: 1, at: lineText(2) })}\n`);
});

Deno.test("run status: says once what auto chose, in milliseconds, and not with --quiet", async () => {
  const finding = { itemMs: 1.02, cpuMs: 0.5 } as Finding;
  const { status, stderr, did } = statusOf();
  await status.announce(undefined);
  assertEquals([stderr.text, did], ["", []]);
  await status.announce(finding);
  await status.announce({ ...finding, itemMs: 9 });
  assertEquals([stderr.text, did], ["auto: 2×3: an item takes 1.02 ms, 500 µs of it computing\n", ["erase"]]);
  const quiet = statusOf({}, { quiet: true });
  await quiet.status.announce(finding);
  assertEquals(quiet.stderr.text, "");
});

Deno.test("run status: the result has all counts, and a speed in items a second", async () => {
  const given = {
    written: { ok: 30, failed: 10, bytes: 77 },
    counts: part.counts,
    before: { ok: 4, failed: 5 },
    isolate: "process",
  } as const;
  const { status, stderr } = statusOf(given);
  for (const kind of ["restart", "retry", "retry", "retry", "restart"] as const) status.on({ kind });
  const found = { itemMs: 2, cpuMs: null };
  const result = await status.end({ how: "done", exitCode: 1, next: "tandem …", found });
  assertEquals(result, {
    how: "done",
    exitCode: 1,
    next: "tandem …",
    found,
    lines: 50,
    ok: 30,
    failed: 10,
    skipped: 10,
    before: { ok: 4, failed: 5 },
    retried: 3,
    restarts: 2,
    bytesIn: 3_000,
    bytesOut: 77,
    linesPerSecond: 20,
    p50Ms: null,
    p99Ms: null,
    threads: 2,
    tasks: 3,
    isolate: "process",
    latency: null,
  });
  assertEquals(
    stderr.text,
    "done: 30 ok, 10 failed (exit 1) · 2×3 · 2.00 s · 20.0/s · 2 threads replaced · 10 blank lines · before: 4 ok, 5 failed\nAgain: tandem …\n",
  );
  const quiet = statusOf(given, { quiet: true });
  await quiet.status.end({ how: "done", exitCode: 0, next: null, found: null });
  assertEquals(quiet.stderr.text, "");
});

Deno.test("run status: a missed target is told once, with --quiet too; without one there is nothing to tell", async () => {
  const missed = { targetMs: 200, missedMs: 312 };
  const { status, stderr, did } = statusOf({ latency: () => missed }, { quiet: true });
  await status.announceMiss();
  await status.announceMiss();
  assertEquals([stderr.text, did], [`! ${missedText(missed)}\n`, ["erase"]]);
  const none = statusOf();
  await none.status.announceMiss();
  assertEquals(none.stderr.text, "");
});

/** Resolves when what was begun without being awaited has been done. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await nextTurn();
}
