import { assertEquals } from "@std/assert";
import type { Advice, Change, ClaimReason, Notice, Reason, Work } from "../../lib/model/reason.ts";
import { adviceLines, noticeLine, reasonText, useText } from "../../lib/report/reason_words.ts";

Deno.test("reasonText: each kind in words", () => {
  const words: readonly (readonly [Reason | ClaimReason, string])[] = [
    [{ kind: "too-few-rounds", rounds: 1, needed: 6 }, "1 round is too few: 6 are needed (--rounds, --max-time)"],
    [
      { kind: "control-failed" },
      "the A/A control failed, runs of the same kind differ: run it again when nothing else runs",
    ],
    [
      { kind: "contended", rounds: 10, foreignCores: 0.5, cores: 2 },
      "other programs took needed cores in 10 rounds (0.50 of 2 cores on average): run it again when nothing else runs",
    ],
    [{ kind: "no-difference" }, "no difference shown"],
    [{ kind: "too-few-cores", cores: 2, usableCores: 1 }, "needs 2 cores; only 1 can be used on this machine"],
    [
      { kind: "too-little-memory", neededBytes: 2 ** 30, maxBytes: 2 ** 20 },
      "needs 1.00 GiB of memory; at most 1.00 MiB may be used (--max-memory)",
    ],
    [{ kind: "left-out", effort: "quick" }, "left out by --quick"],
    [{ kind: "time-up" }, "the time was up before it could be measured: --max-time"],
    [{ kind: "stopped" }, "not measured: it was stopped"],
    [{ kind: "not-run", message: "no more threads" }, "it could not be measured: no more threads"],
    [{ kind: "not-measurable" }, "a program cannot measure it"],
    [{ kind: "counted" }, "what was counted decides it"],
    [{ kind: "beyond-limit", side: "above", at: 1.2, unit: "ratio" }, "the interval lies above 1.2×"],
    [{ kind: "beyond-limit", side: "below", at: 2 ** 21, unit: "bytes" }, "the interval lies below 2.00 MiB"],
    [
      { kind: "both-sides", at: 1.2, unit: "ratio" },
      "the interval lies on both sides of 1.2×: try more rounds or a quieter machine",
    ],
    [
      { kind: "not-significant", p: 0.0625, claims: 2 },
      "not significant when 2 claims are tested (p = 0.063): try more rounds",
    ],
  ];
  for (const [reason, text] of words) assertEquals(reasonText(reason), text);
});

Deno.test("useText: what an item does, how fast the cell is, and what is no faster", () => {
  const rest = { ratio: 8, interval: [7.9, 8.1], wider: null } as const;
  const about = (work: Work) => useText({ ...rest, work }).split(", and ")[0];
  assertEquals(about({ kind: "waiting", share: 0.93 }), "an item waits (93 % of its time)");
  assertEquals(about({ kind: "computing", share: 0.9 }), "an item computes (90 % of its time)");
  assertEquals(about({ kind: "blocking", share: 0.9 }), "an item blocks its thread (90 % of its time)");
  assertEquals(
    about({ kind: "mixed", computing: 0.38, waiting: 0.57 }),
    "an item computes 38 % of its time and waits 57 %",
  );
  assertEquals(about({ kind: "sending" }), "sending an item takes longer than the work on it");
  assertEquals(about({ kind: "tiny", itemMs: 5e-4 }), "an item takes only 500 ns");
  assertEquals(useText({ ...rest, work: null }), "it is 8.00× as fast as serial (7.90…8.10)");
  const wider = { cell: { mode: "both", threads: 2, tasks: 4 }, interval: [1, 1.02] } as const;
  assertEquals(
    useText({ work: null, ratio: null, interval: null, wider }),
    "nothing else is shown to be faster; both 2×4 uses more and is not shown to be 2 % faster (1.00…1.02)",
  );
  assertEquals(
    useText({ work: null, ratio: null, interval: null, wider: { ...wider, interval: null } }),
    "nothing else is shown to be faster; both 2×4 uses more and is not shown to be 2 % faster (too few rounds)",
  );
});

Deno.test("adviceLines: what would change it, a line each; or why there is none", () => {
  const changes: Change[] = [
    { kind: "start-up", items: 7, longerMs: 30 },
    { kind: "own-cost", share: 0.8 },
    { kind: "sending", share: 0.5 },
    { kind: "lag", lagP99Ms: 80 },
  ];
  const reason = { work: null, ratio: 1.9, interval: null, wider: null };
  const advice: Advice = { kind: "use", mode: "threads", threads: 2, tasks: 1, reason, changes };
  assertEquals(adviceLines(advice), [
    "→ Use threads 2×1: it is 1.90× as fast as serial.",
    "  It pays from 7 items on: its threads take 30.0 ms more to start.",
    "  Our own cost is 80 % of an item's time: put more work into each item.",
    "  Sending takes 50 % of an item's time: send a path or a number instead of the data.",
    "  A timer in its threads can be 80.0 ms late (p99): where that matters, run fewer tasks.",
  ]);
  const none = { kind: "none", mode: null, threads: null, tasks: null, changes: [] } as const;
  assertEquals(adviceLines({ ...none, reason: { kind: "no-difference" } }), ["No advice: no difference shown."]);
});

Deno.test("noticeLine: each kind, with what to try", () => {
  const words: readonly (readonly [Notice, string])[] = [
    [
      { kind: "late-errors", errors: 1, message: "Error: \u001b[31mlate\n    at job.js:1" },
      "! the job threw once after an item's end, which failed no item: Error: \\u{1b}[31mlate.",
    ],
    [
      { kind: "late-errors", errors: 7, message: "RangeError: late\nand its second line\n    at job.js:1" },
      "! the job threw 7 times after an item's end, which failed no item: RangeError: late.",
    ],
    [
      { kind: "fewer-rounds", rounds: 6, planned: 12, why: "stopped" },
      "! only 6 of 12 rounds were run: it was stopped.",
    ],
    [
      { kind: "fewer-rounds", rounds: 6, planned: 12, why: "time" },
      "! only 6 of 12 rounds were run: time was up (--max-time).",
    ],
    [
      { kind: "fewer-rounds", rounds: 10, planned: 12, why: "settled" },
      "! only 10 of 12 rounds were run: every difference was settled (--stop-early).",
    ],
    [
      { kind: "fewer-rounds", rounds: 1, planned: 2, why: "time" },
      "! only 1 of 2 rounds was run: time was up (--max-time).",
    ],
    [
      { kind: "short-runs", mode: "serial", ms: 1 },
      "! a run of serial took only 1.00 ms, so its start and end distort it: give more items or more time.",
    ],
    [
      { kind: "slow-round", round: 1, mode: "threads", factor: 1.592 },
      "! round 1 of threads took 1.59× its median (still counted); if that recurs: --warmup 1.",
    ],
    [
      { kind: "slow-round", round: 2, mode: "threads", factor: 1.592 },
      "! round 2 of threads took 1.59× its median (still counted).",
    ],
  ];
  for (const [notice, text] of words) assertEquals(noticeLine(notice), text);
});
