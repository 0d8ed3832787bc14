import { assertEquals } from "@std/assert";
import type { Family, Finding, Needs, Test } from "../../lib/claims/claim.ts";
import { judge, type Tested } from "../../lib/claims/judge.ts";
import type { Verdict } from "../../lib/model/claim.ts";
import type { Control } from "../../lib/model/comparison.ts";
import type { ClaimReason } from "../../lib/model/reason.ts";
import { estimateRatio } from "../../lib/stats/ratio_estimate.ts";

const place = { cores: { all: 2, usable: 2 } };
const twoCores: Needs = { cores: 2, busyCores: 2 };

/** `cores` cores worked for other programs in `rounds` of ten rounds. */
function foreign(cores: number, rounds = 10) {
  const load = (foreign: number) => ({ elapsedMs: 2_000, busyMs: 1_500 + foreign * 2_000, ownMs: 1_500 });
  return Array.from({ length: 10 }, (_, round) => load(round < rounds ? cores : 0));
}

/** A claim that was tested by this on a quiet machine. */
function tested(
  test: Test,
  { needs = twoCores, loads = foreign(0.05), controlFailed = false, family = "modes" as Family } = {},
): Tested {
  const evidence = { tasks: null, threads: null, says: "", quantities: {}, samples: {} };
  const control = { failed: controlFailed } as Control;
  const interval = test.kind === "paired" ? estimateRatio(test.logRatios).interval : null;
  const finding: Finding = {
    test,
    effect: null,
    interval: interval?.kind === "interval" ? [interval.low, interval.high] : null,
    evidence,
    work: { control } as Finding["work"],
  };
  return { claim: { needs, family }, finding, loads };
}

/** Rounds whose ratios are spread evenly from `low` to `high`, for a claim that it lies above `at`, or below. */
function paired(low: number, high: number, rounds = 12, holds: "above" | "below" = "above", at = 1.2): Test {
  const logRatios = Array.from(
    { length: rounds },
    (_, i) => Math.log(low + (high - low) * i / Math.max(1, rounds - 1)),
  );
  return { kind: "paired", logRatios, at, holds };
}

function judgeOne(one: Tested): Verdict | undefined {
  return judge([one], [], place)[0];
}

Deno.test("judge: paired rounds decide if they lie on one side of the limit", () => {
  const beyond = (side: "above" | "below") => ({ kind: "beyond-limit", side, at: 1.2, unit: "ratio" }) as const;
  assertEquals(judgeOne(tested(paired(1.6, 1.9))), { verdict: "holds", reason: beyond("above") });
  assertEquals(judgeOne(tested(paired(0.9, 1.1))), { verdict: "fails", reason: beyond("below") });
  assertEquals(judgeOne(tested(paired(0.9, 1.1, 12, "below"))), { verdict: "holds", reason: beyond("below") });
  assertEquals(judgeOne(tested(paired(1.5, 1.9, 12, "below"))), { verdict: "fails", reason: beyond("above") });
});

Deno.test("judge: unclear, and why", () => {
  const found: readonly (readonly [Tested, ClaimReason])[] = [
    [tested(paired(1.0, 1.4)), { kind: "both-sides", at: 1.2, unit: "ratio" }],
    [tested(paired(1.6, 1.9, 5)), { kind: "too-few-rounds", rounds: 5, needed: 6 }],
    [tested(paired(1.6, 1.9, 1)), { kind: "too-few-rounds", rounds: 1, needed: 6 }],
    [tested(paired(1.6, 1.9), { controlFailed: true }), { kind: "control-failed" }],
    [
      tested(paired(1.6, 1.9), { loads: foreign(0.5) }),
      { kind: "contended", rounds: 10, foreignCores: 0.5, cores: 2 },
    ],
  ];
  for (const [one, reason] of found) assertEquals(judgeOne(one), { verdict: "unclear", reason });
});

Deno.test("judge: a number is decided by its interval, a count by itself", () => {
  const limit = { at: 1_000, unit: "bytes" } as const;
  const number = (interval: readonly [number, number] | null): Test => (
    { kind: "interval", interval, ...limit, holds: "below" }
  );
  assertEquals(judgeOne(tested(number([500, 600]))), {
    verdict: "holds",
    reason: { kind: "beyond-limit", side: "below", ...limit },
  });
  assertEquals(judgeOne(tested(number([1_001, 1_100])))?.verdict, "fails");
  for (const interval of [[900, 1_100], [1_000, 1_100], [900, 1_000], null] as const) {
    assertEquals(judgeOne(tested(number(interval))), { verdict: "unclear", reason: { kind: "both-sides", ...limit } });
  }
  assertEquals(judgeOne(tested({ kind: "counted", holds: true })), { verdict: "holds", reason: { kind: "counted" } });
  assertEquals(judgeOne(tested({ kind: "counted", holds: false }))?.verdict, "fails");
});

Deno.test("judge: what cannot be measured is skipped; what could not be decided is unclear, whatever else was seen", () => {
  const open = (reason: ClaimReason) => judgeOne(tested({ kind: "open", reason }, { controlFailed: true }));
  assertEquals(open({ kind: "not-measurable" }), { verdict: "skipped", reason: { kind: "not-measurable" } });
  assertEquals(open({ kind: "left-out", effort: "quick" })?.verdict, "skipped");
  assertEquals(open({ kind: "control-failed" })?.verdict, "unclear");
});

Deno.test("judge: a claim about one core is decided while the other is busy; one about waiting while all are", () => {
  const waits = { cores: 1, busyCores: 0 };
  const oneCore = { cores: 1, busyCores: 1 };
  assertEquals(judgeOne(tested(paired(11, 13), { needs: waits, loads: foreign(2) }))?.verdict, "holds");
  assertEquals(judgeOne(tested(paired(1.6, 1.9), { needs: oneCore, loads: foreign(1) }))?.verdict, "holds");
  assertEquals(judgeOne(tested(paired(1.6, 1.9), { needs: oneCore, loads: foreign(1.5) }))?.verdict, "unclear");
});

Deno.test("judge: a few contended rounds do not matter, more than a fifth of the rounds do", () => {
  assertEquals(judgeOne(tested(paired(1.6, 1.9), { loads: foreign(1, 2) }))?.verdict, "holds");
  assertEquals(judgeOne(tested(paired(1.6, 1.9), { loads: foreign(1, 3) }))?.verdict, "unclear");
});

Deno.test("judge: an experiment that knows the load of its rounds is believed", () => {
  const one = tested(paired(1.6, 1.9), { loads: foreign(2) });
  assertEquals(judgeOne({ ...one, finding: { ...one.finding, loads: foreign(0) } })?.verdict, "holds");
});

/** One round of seven is slightly below the limit: p = 2/128 · 2, which is significant for one claim, but not for two. */
const near: Test = {
  kind: "paired",
  logRatios: [1.19, 1.5, 1.6, 1.7, 1.8, 1.9, 2].map(Math.log),
  at: 1.2,
  holds: "above",
};

Deno.test("judge: paired claims that are tested together each need more evidence; other claims do not count", () => {
  const [six, sixToo] = judge([tested(paired(1.6, 1.9, 6)), tested(paired(1.6, 1.9, 6))], [], place);
  assertEquals([six?.verdict, sixToo?.verdict], ["unclear", "unclear"]);
  assertEquals(six?.reason, { kind: "too-few-rounds", rounds: 6, needed: 7 });
  assertEquals(judgeOne(tested(near))?.verdict, "holds");
  const [together] = judge([tested(near), tested(near)], [], place);
  assertEquals(together, { verdict: "unclear", reason: { kind: "not-significant", p: 0.0625, claims: 2 } });
  const [other] = judge([tested(near), tested(near, { family: "costs" })], ["costs", "costs"], place);
  assertEquals(other?.verdict, "holds"); // of another family
  const [beside] = judge([tested(near), tested({ kind: "counted", holds: true })], [], place);
  assertEquals(beside?.verdict, "holds");
});

Deno.test("judge: before the others are measured a claim is settled only if they cannot change it", () => {
  assertEquals(judge([tested(paired(1.6, 1.9))], ["modes", "modes", "modes"], place)[0]?.verdict, "holds");
  assertEquals(judge([tested(near)], ["modes"], place), [undefined]);
  assertEquals(judge([tested(paired(1.6, 1.9, 6))], ["modes"], place)[0]?.reason.kind, "too-few-rounds");
  assertEquals(judge([tested(near), tested(paired(1.6, 1.9))], [], place).map((one) => one?.verdict), [
    "holds",
    "holds",
  ]);
});

Deno.test("judge: what is settled early stays settled, whatever comes", () => {
  let seed = 1;
  const random = () => (seed = seed * 16807 % 2147483647) / 2147483647;
  for (let trial = 0; trial < 300; trial++) {
    const claims = Array.from({ length: 5 }, () => {
      const middle = 0.9 + 0.7 * random();
      const logRatios = Array.from({ length: 12 }, () => Math.log(middle * (0.9 + 0.2 * random())));
      return tested({ kind: "paired", logRatios, at: 1.2, holds: "above" });
    });
    const last = judge(claims, [], place);
    for (let known = 1; known < claims.length; known++) {
      const early = judge(claims.slice(0, known), Array(claims.length - known).fill("modes"), place);
      early.forEach((verdict, i) => assertEquals(verdict ?? last[i], last[i]));
    }
  }
});
