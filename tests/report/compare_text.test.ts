import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { ComparedMode, JobComparison } from "../../lib/model.ts";
import { compareText, planText } from "../../lib/report/compare_text.ts";

const style = { terminal: false, color: false, width: 80, unicode: true };
const mib = 1024 ** 2;
const common = { p50Ms: 2, lagP99Ms: null, reason: null, samples: [] } as const;
const modes: ComparedMode[] = [
  {
    ...common,
    mode: "serial",
    threads: 1,
    tasks: 1,
    itemsPerSecond: 391,
    ratio: 1,
    interval: null,
    verdict: "baseline",
    p99Ms: 2.9,
    rssBytes: 54 * mib,
  },
  {
    ...common,
    mode: "tasks",
    threads: 1,
    tasks: 64,
    itemsPerSecond: 398,
    ratio: 1.02,
    interval: [0.99, 1.05],
    verdict: "unclear",
    reason: "no difference shown",
    p99Ms: 180,
    rssBytes: 61 * mib,
  },
  {
    ...common,
    mode: "threads",
    threads: 2,
    tasks: 1,
    itemsPerSecond: 765,
    ratio: 1.96,
    interval: [1.91, 2.01],
    verdict: "faster",
    p99Ms: 11,
    rssBytes: 69 * mib,
  },
];
const found: JobComparison = {
  job: "job.ts",
  itemCount: 200,
  rounds: 12,
  digest: "9c1e00ff".repeat(8),
  control: { ratio: 1, interval: [0.99, 1.01], failed: false },
  contention: { foreignCores: 0.02, rounds: 0, contended: false },
  modes,
  phases: { computingMs: 2.4, waitingMs: 0.3, sendingMs: 0.05 },
  notices: ["round 1 of tasks took 1.60× its median; it counts"],
  advice: {
    kind: "use",
    cell: { mode: "threads", threads: 2, tasks: 1 },
    reason: "1.96× as fast as serial (1.91…2.01)",
  },
};

Deno.test("compareText: modes, control, what an item costs, advice", () => {
  assertEquals(compareText(found, style).split("\n"), [
    "compare job.ts · 200 items · 12 shuffled rounds · outputs equal (sha256 9c1e00ff…)",
    "MODE     THREADS×TASKS  VERDICT     ITEMS/S  VS SERIAL     95% CI      P99       RSS",
    "serial             1×1    baseline      391      1.00×             2.90 ms  54.0 MiB",
    "tasks             1×64  ≈ unclear       398      1.02×  0.99…1.05   180 ms  61.0 MiB",
    "threads            2×1  ✔ faster        765      1.96×  1.91…2.01  11.0 ms  69.0 MiB",
    "",
    "  tasks: no difference shown",
    "A/A control 1.00× 0.99…1.01 · other programs took 0.02 cores",
    "One item: 2.40 ms computing, 300 µs waiting, 50.0 µs to send and receive.",
    "! round 1 of tasks took 1.60× its median; it counts.",
    "→ Use threads 2×1: 1.96× as fast as serial (1.91…2.01).",
    "",
  ]);
});

Deno.test("compareText: what was not measured is not there; doubts are named", () => {
  const text = compareText({
    ...found,
    digest: null,
    control: { ratio: 1.08, interval: [1.04, 1.12], failed: true },
    contention: null,
    modes: modes.map((mode) => ({ ...mode, rssBytes: null })),
    phases: { computingMs: null, waitingMs: null, sendingMs: 0.05 },
    advice: { kind: "none", reason: "serial differs from itself" },
  }, style);
  assertStringIncludes(text, "outputs not compared");
  assert(!text.includes("RSS"));
  assertStringIncludes(text, "A/A control 1.08× 1.04…1.12: the machine is not steady · other programs: not measured");
  assertStringIncludes(text, "One item: 50.0 µs to send and receive.");
  assertStringIncludes(text, "No advice: serial differs from itself.");
});

Deno.test("compareText: two lines a row on a narrow terminal; ASCII where the locale is not UTF-8", () => {
  const narrow = compareText(found, { ...style, width: 60 });
  assertStringIncludes(narrow, "threads  2×1  ✔ faster\n    items/s 765, vs serial 1.96×, 95% ci 1.91…2.01");
  const ascii = compareText(found, { ...style, unicode: false });
  assertEquals([...ascii].filter((character) => character > "~"), []);
});

Deno.test("compareText: colours are on the mode and the verdict", () => {
  const text = compareText(found, { ...style, color: true });
  assertStringIncludes(text, "\x1b[33mthreads\x1b[39m");
  assertStringIncludes(text, "\x1b[32m✔ faster");
});

Deno.test("planText: how often an item runs, and what the time leaves room for", () => {
  const plan = {
    items: 200,
    itemsGiven: 200,
    rounds: 12,
    roundsWanted: 12,
    runsPerRound: 5,
    warmup: 20,
    calibrated: 31,
    maxMs: 30_000,
  };
  assertEquals(
    planText(plan, style),
    "Each of 200 items runs 60 times (12 rounds of 5 runs), up to 20 of the first ones twice that to warm up; 31 ran once to calibrate.\n",
  );
  assertStringIncludes(
    planText({ ...plan, items: 50, rounds: 8 }, style),
    "--max-time 30.0s leaves time for the first 50 of 200 items, and 8 of 12 rounds.",
  );
});
