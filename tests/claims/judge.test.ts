import { assertEquals } from "@std/assert";
import type { Claim } from "../../lib/claims/claim.ts";
import { judge, type SuiteConditions } from "../../lib/claims/judge.ts";
import { claims } from "../../lib/claims/mod.ts";
import { tasksNoParallelism } from "../../lib/claims/tasks_no_parallelism.ts";
import { threadsParallel } from "../../lib/claims/threads_parallel.ts";
import { waitingNeedsTasks } from "../../lib/claims/waiting_needs_tasks.ts";
import type { ClaimReason } from "../../lib/model/reason.ts";
import type { Comparison, Verdict } from "../../lib/model/claim.ts";

const quiet: SuiteConditions = {
  cores: { all: 2, usable: 2 },
  control: { failed: false },
  loads: foreign(0.05),
};

/** `cores` cores worked for other programs in `rounds` of ten rounds. */
function foreign(cores: number, rounds = 10) {
  const load = (foreign: number) => ({ elapsedMs: 2_000, busyMs: 1_500 + foreign * 2_000, ownMs: 1_500 });
  return Array.from({ length: 10 }, (_, round) => load(round < rounds ? cores : 0));
}

/** The effect of rounds whose ratios are spread evenly from `low` to `high`. */
function effect(low: number, high: number, rounds = 12): Comparison {
  const ratios = Array.from({ length: rounds }, (_, i) => low + (high - low) * i / Math.max(1, rounds - 1));
  const { work, baseline, mode } = threadsParallel;
  return { work, baseline, mode, ratio: (low + high) / 2, interval: [low, high], rounds, ratios };
}

function judgeOne(claim: Claim, comparison: Comparison, seen: Partial<SuiteConditions> = {}): Verdict {
  return judge([{ claim, effect: comparison }], { ...quiet, ...seen })[0];
}

Deno.test("judge: a claim holds or fails if its rounds are on one side of its limit", () => {
  assertEquals(judgeOne(threadsParallel, effect(1.6, 1.9)), {
    verdict: "holds",
    reason: { kind: "beyond-limit", side: "above", at: 1.2 },
  });
  assertEquals(judgeOne(threadsParallel, effect(0.9, 1.1)), {
    verdict: "fails",
    reason: { kind: "beyond-limit", side: "below", at: 1.2 },
  });
  assertEquals(judgeOne(tasksNoParallelism, effect(0.9, 1.1)).verdict, "holds");
  assertEquals(judgeOne(tasksNoParallelism, effect(1.5, 1.9)).verdict, "fails");
});

Deno.test("judge: unclear, and why", () => {
  const control = { failed: true };
  const found: readonly (readonly [Verdict, ClaimReason])[] = [
    [judgeOne(threadsParallel, effect(1.0, 1.4)), { kind: "both-sides", at: 1.2 }],
    [judgeOne(threadsParallel, effect(1.6, 1.9, 5)), { kind: "too-few-rounds", rounds: 5, needed: 6 }],
    [judgeOne(threadsParallel, effect(1.6, 1.9, 1)), { kind: "too-few-rounds", rounds: 1, needed: 6 }],
    [judgeOne(threadsParallel, effect(1.6, 1.9), { control }), { kind: "control-failed" }],
    [
      judgeOne(threadsParallel, effect(1.6, 1.9), { loads: foreign(0.5) }),
      { kind: "contended", rounds: 10, foreignCores: 0.5, cores: 2 },
    ],
  ];
  for (const [verdict, reason] of found) assertEquals(verdict, { verdict: "unclear", reason });
});

Deno.test("judge: a claim about one core holds while the other is busy; one about waiting holds while all are busy", () => {
  assertEquals(judgeOne(waitingNeedsTasks, effect(11, 13), { loads: foreign(2) }).verdict, "holds");
  assertEquals(judgeOne(tasksNoParallelism, effect(0.9, 1.1), { loads: foreign(1) }).verdict, "holds");
  assertEquals(judgeOne(tasksNoParallelism, effect(0.9, 1.1), { loads: foreign(1.5) }).verdict, "unclear");
});

Deno.test("judge: a few contended rounds do not matter, more than a fifth of the rounds do", () => {
  assertEquals(judgeOne(threadsParallel, effect(1.6, 1.9), { loads: foreign(1, 2) }).verdict, "holds");
  assertEquals(judgeOne(threadsParallel, effect(1.6, 1.9), { loads: foreign(1, 3) }).verdict, "unclear");
});

Deno.test("judge: claims that are tested together each need more evidence", () => {
  const claim = threadsParallel;
  const [six, sixToo] = judge([{ claim, effect: effect(1.6, 1.9, 6) }, { claim, effect: effect(1.6, 1.9, 6) }], quiet);
  assertEquals([six.verdict, sixToo.verdict], ["unclear", "unclear"]);
  assertEquals(six.reason, { kind: "too-few-rounds", rounds: 6, needed: 7 });
  // One round of seven is slightly below the limit: p = 2/128 · 2. That is significant for one claim, but not for two.
  const ratios = [1.19, 1.5, 1.6, 1.7, 1.8, 1.9, 2];
  const near = { ...effect(1.6, 1.9, 7), ratios, interval: [1.3, 1.9] as const };
  assertEquals(judgeOne(claim, near).verdict, "holds");
  const [together] = judge([{ claim, effect: near }, { claim, effect: near }], quiet);
  assertEquals(together.verdict, "unclear");
  assertEquals(together.reason, { kind: "not-significant", p: 0.0625, claims: 2 });
});

Deno.test("judge: a claim that needs more cores is skipped and does not count as tested", () => {
  const cores = { all: 1, usable: 1 };
  const verdicts = judge([
    { claim: threadsParallel, effect: effect(0.9, 1.1, 6) },
    { claim: tasksNoParallelism, effect: effect(0.9, 1.1, 6) },
  ], { ...quiet, cores });
  assertEquals(verdicts.map(({ verdict }) => verdict), ["skipped", "holds"]);
});

Deno.test("claims: ids are unique", () => {
  assertEquals(new Set(claims.map(({ id }) => id)).size, claims.length);
});
