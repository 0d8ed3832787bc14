import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { ComparedMode, CompareResult } from "../../lib/model/comparison.ts";
import type { Style } from "../../lib/report/style.ts";
import { compared } from "../bench/suite_runs.ts";
import { documentOf } from "./document_of.ts";
import { compareText } from "../../lib/report/compare_text.ts";

const style = { terminal: false, color: false, width: 80, unicode: true };
const mib = 1024 ** 2;
const modes: ComparedMode[] = [
  compared({ mode: "serial", threads: 1, tasks: 1 }, 1, {
    itemsPerSecond: 391,
    p99Ms: 2.9,
    rssBytes: 54 * mib,
    lagP99Ms: 3,
  }),
  compared({ mode: "tasks", threads: 1, tasks: 64 }, 1.02, {
    itemsPerSecond: 398,
    interval: [0.99, 1.05],
    verdict: "unclear",
    reason: { kind: "no-difference" },
    p99Ms: 180,
    lagP99Ms: 3,
    rssBytes: 61 * mib,
  }),
  compared({ mode: "threads", threads: 2, tasks: 1 }, 1.96, {
    itemsPerSecond: 765,
    interval: [1.91, 2.01],
    p99Ms: 11,
    lagP99Ms: 3,
    rssBytes: 69 * mib,
  }),
];
const found: CompareResult = {
  job: "job.ts",
  itemCount: 200,
  itemsGiven: 200,
  passes: 1,
  once: false,
  itemsUsed: null,
  rounds: 12,
  outputsEqual: true,
  digest: "9c1e00ff".repeat(8),
  control: { ratio: 1, interval: [0.99, 1.01], failed: false, samples: [] },
  contention: { foreignCores: 0.02, rounds: 0, contended: false },
  timerResolutionUs: 0.1,
  overheadUs: 0.62,
  threadsOverheadUs: 0.7,
  modes,
  phases: {
    startMs: 30,
    sendMs: 0.2,
    queueMs: 12,
    computingMs: 2.4,
    blockingMs: 0.001,
    waitingMs: 0.3,
    receiveMs: 3,
    transferMs: 0.05,
  },
  breakEvenMs: 0.3,
  grid: null,
  notices: [{ kind: "slow-round", round: 1, mode: "tasks", factor: 1.6 }],
  advice: {
    kind: "use",
    mode: "threads",
    threads: 2,
    tasks: 1,
    reason: { work: { kind: "computing", share: 0.87 }, ratio: 1.96, interval: [1.91, 2.01], wider: null },
    changes: [{ kind: "start-up", items: 24, longerMs: 30 }],
  },
  next: "tandem run job.ts --threads 2 --tasks 1 < items.ndjson",
  plan: null,
  savedPlan: null,
};

/** The text without its head, which says where it ran. */
function textOf(rest: Partial<CompareResult> = {}, look: Partial<Style> = { width: 200 }): string {
  const lines = compareText(documentOf("compare", { ...found, ...rest }), { ...style, ...look }).split("\n");
  const blank = lines.indexOf("");
  const head = lines.slice(0, blank).map((line) => line.trim()).join(" ");
  assertEquals(head, "tandem 0.1.0 · deno 2.9.6 · linux x86_64 · Test CPU, 2 cores · 4.00 GiB free · seed 42");
  return lines.slice(blank + 1).join("\n");
}

Deno.test("compareText: modes, control, what an item costs, advice", () => {
  assertEquals(textOf({}, { width: 80 }).split("\n"), [
    "compare job.ts · 200 items · 12 shuffled rounds ·",
    "  outputs equal (sha256 9c1e00ff)",
    "MODE      N×K  VERDICT     ITEMS/S  RATIO     95% CI      P99      LAG       RSS",
    "serial    1×1    baseline      391  1.00×             2.90 ms  3.00 ms  54.0 MiB",
    "tasks    1×64  ≈ unclear       398  1.02×  0.99…1.05   180 ms  3.00 ms  61.0 MiB",
    "threads   2×1  ✔ faster        765  1.96×  1.91…2.01  11.0 ms  3.00 ms  69.0 MiB",
    "",
    "  tasks: no difference shown",
    "A/A control 1.00× 0.99…1.01 · other programs took 0.02 cores ·",
    "  our own cost 620 ns an item",
    "One item: 2.40 ms CPU, 300 µs waiting, 50.0 µs to send and receive.",
    "Threads win above 300 µs of CPU per item; below, tasks do.",
    "! round 1 of tasks took 1.60× its median (still counted); if that recurs:",
    "  --warmup 1.",
    "→ Use threads 2×1: an item computes (87 % of its time), and it is 1.96× as",
    "  fast as serial (1.91…2.01).",
    "  It pays from 24 items on: its threads take 30.0 ms more to start.",
    "Next: tandem run job.ts --threads 2 --tasks 1 < items.ndjson",
    "",
  ]);
  const [, head] = textOf({}, { width: 100 }).split("\n");
  assertEquals(head, "MODE     THREADS×TASKS  VERDICT     ITEMS/S  VS SERIAL     95% CI      P99      LAG       RSS");
});

Deno.test("compareText: what was not measured is not there; doubts are named", () => {
  const text = textOf({
    digest: null,
    control: { ratio: 1.08, interval: [1.04, 1.12], failed: true, samples: [] },
    modes: modes.map((mode) => ({ ...mode, lagP99Ms: null })),
    phases: { ...found.phases, computingMs: null, blockingMs: null, waitingMs: null },
    breakEvenMs: null,
    advice: { kind: "none", mode: null, threads: null, tasks: null, reason: { kind: "control-failed" }, changes: [] },
  });
  assertStringIncludes(text, "outputs not compared");
  assertMatch(text, /\nserial .* 2.90 ms +– +54.0 MiB\n/);
  assert(!text.includes("Threads win"));
  assertStringIncludes(text, "A/A control 1.08× 1.04…1.12: the machine is not steady · other programs took 0.02");
  assertStringIncludes(text, "One item: 50.0 µs to send and receive.");
  assertStringIncludes(
    text,
    "No advice: the A/A control failed, runs of the same kind differ: run it again when nothing else runs.",
  );
});

Deno.test("compareText: other programs are unknown where the system does not tell, and not 0 cores", () => {
  const text = textOf({ contention: { foreignCores: null, rounds: 0, contended: false } });
  assertStringIncludes(text, " · what other programs took is unknown · ");
});

Deno.test("compareText: two lines a row on a narrow terminal", () => {
  const narrow = textOf({}, { width: 60 });
  assertStringIncludes(narrow, "threads  2×1  ✔ faster\n    items/s 765, ratio 1.96×, 95% CI 1.91…2.01, p99 11.0 ms,");
});

Deno.test("compareText: colours are on the mode and the verdict", () => {
  const text = textOf({}, { color: true, width: 200 });
  assertStringIncludes(text, "\x1b[33mthreads\x1b[39m");
  assertStringIncludes(text, "\x1b[32m✔ faster");
});

Deno.test("compareText: how many items, how often", () => {
  const titleOf = (rest: Partial<CompareResult>) => textOf(rest).split("\n")[0];
  assertStringIncludes(titleOf({ itemsGiven: 900 }), "· 200 of 900 items ·");
  assertStringIncludes(titleOf({ passes: 30 }), "· 200 items 30 times ·");
  assertStringIncludes(titleOf({ itemsGiven: 9000, once: true }), "· 200 of 9,000 items a run, once each ·");
  assertStringIncludes(titleOf({ itemCount: 1, itemsGiven: 1 }), "· 1 item ·");
});

Deno.test("compareText: threads that win always, or never", () => {
  assertStringIncludes(textOf({ breakEvenMs: 0 }), "Threads win over tasks however little");
  assert(!textOf({ breakEvenMs: null }).includes("Threads win"));
});

Deno.test("compareText: blocking is named where there is some", () => {
  const text = textOf({ phases: { ...found.phases, blockingMs: 5 } });
  assertStringIncludes(text, "One item: 2.40 ms CPU, 300 µs waiting, 5.00 ms blocking, 50.0 µs to send and receive.");
});

Deno.test("compareText: items that ran once, or at most once if a run was cut off", () => {
  const used = { once: true, itemsUsed: 320, itemsGiven: 500 };
  assertStringIncludes(textOf(used), "\nThe first 320 of 500 items have run, once each; the others have not.\nNext: ");
  const notices = [{ kind: "fewer-rounds", rounds: 4, planned: 6, why: "stopped" } as const];
  assertStringIncludes(textOf({ ...used, notices }), "\nThe first 320 of 500 items have run, at most once each;");
});

Deno.test("compareText: a sweep is shown below the modes", () => {
  const grid = { threads: [1], tasks: [1, 64], cells: modes.slice(0, 2), best: { threads: 1, tasks: 64 }, asGood: 1 };
  assertStringIncludes(
    textOf({ grid }),
    "\nBest cell: 1×64, 1.02× serial's speed; 1 other cell is not shown to be slower.\n\nA/A control",
  );
});

Deno.test("compareText: a control of too few rounds has no interval; rounds with too little left are counted", () => {
  const control = { ratio: 1, interval: null, failed: false, samples: [] };
  assertStringIncludes(textOf({ control }), "\nA/A control 1.00× · other programs");
  const some = (rounds: number) => textOf({ contention: { foreignCores: 0.5, rounds, contended: true } });
  assertStringIncludes(some(1), " · other programs took 0.50 cores, too much in 1 of 12 rounds · ");
  assertStringIncludes(some(0), " · other programs took 0.50 cores · ");
});

Deno.test("compareText: blocking is named from 1 % of the rest on; without all three times only sending is told", () => {
  const phases = { ...found.phases, computingMs: 60, waitingMs: 40 };
  const item = (rest: Partial<typeof phases>) => textOf({ phases: { ...phases, ...rest } }).match(/One item: .*/)?.[0];
  assertEquals(
    item({ blockingMs: 1 }),
    "One item: 60.0 ms CPU, 40.0 ms waiting, 1.00 ms blocking, 50.0 µs to send and receive.",
  );
  assertEquals(item({ blockingMs: 0.99 }), "One item: 60.0 ms CPU, 40.0 ms waiting, 50.0 µs to send and receive.");
  for (const unknown of ["computingMs", "blockingMs", "waitingMs"]) {
    assertEquals(item({ [unknown]: null }), "One item: 50.0 µs to send and receive.");
  }
});

Deno.test("compareText: a run that was cut among other notices; settled early is not cut", () => {
  const used = { once: true, itemsUsed: 320, itemsGiven: 500 };
  const [slow] = found.notices;
  const cut = { kind: "fewer-rounds", rounds: 4, planned: 6, why: "time" } as const;
  assertStringIncludes(textOf({ ...used, notices: [slow, cut] }), " have run, at most once each;");
  assertStringIncludes(textOf({ ...used, notices: [slow] }), " have run, once each;");
  assertStringIncludes(textOf({ ...used, notices: [{ ...cut, why: "settled" }] }), " have run, once each;");
});

Deno.test("compareText: where the plan was saved; without a next command there is no such line", () => {
  const end = (rest: Partial<CompareResult>) => textOf(rest).split("\n").slice(-3);
  assertEquals(end({ savedPlan: "a\x1b[2J.json", next: "tandem run …" }), [
    "Plan saved: a\\u{1b}[2J.json",
    "Next: tandem run …",
    "",
  ]);
  assertEquals(end({ next: null }).slice(1), [
    "  It pays from 24 items on: its threads take 30.0 ms more to start.",
    "",
  ]);
});
