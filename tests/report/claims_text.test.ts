import { assertEquals, assertStringIncludes } from "@std/assert";
import type { ClaimsResult, JudgedClaim } from "../../lib/model/claim.ts";
import type { Advice } from "../../lib/model/reason.ts";
import { claimsText } from "../../lib/report/claims_text.ts";
import { compared } from "../bench/suite_runs.ts";
import { documentOf } from "./document_of.ts";

const style = { terminal: false, color: false, width: 120, unicode: true };
const claim: JudgedClaim = {
  id: "threads-parallel",
  sentence: "threads run in parallel",
  source: "book",
  verdict: "unclear",
  reason: { kind: "both-sides", at: 1.2 },
  effect: 1.9,
  interval: [0.984, 1.92],
  evidence: {
    work: "cpu",
    baseline: "serial",
    mode: "threads",
    ratio: 1.9,
    interval: [0.984, 1.92],
    rounds: 8,
    ratios: [1.9],
  },
};
const advice: Advice = {
  kind: "use",
  mode: "threads",
  threads: 2,
  tasks: 1,
  reason: { work: null, ratio: 1.9, interval: null, wider: null },
  changes: [],
};
const found: ClaimsResult = {
  rounds: 12,
  control: { ratio: 1.003, interval: [0.993, 1.012], failed: false, samples: [] },
  contention: { foreignCores: 0.1, rounds: 0, contended: false },
  claims: [claim],
  counts: { holds: 0, fails: 0, unclear: 1, skipped: 0 },
  works: [{
    work: "cpu",
    about: "computes",
    itemCount: 40,
    modes: [
      compared({ mode: "serial", threads: 1, tasks: 1 }, 1, { elapsedMs: 190 }),
      compared({ mode: "threads", threads: 2, tasks: 1 }, 1.9, { elapsedMs: 100, interval: null }),
    ],
    advice,
  }],
  notices: [],
};

/** The lines of the text, without the first one. */
function linesOf(rest: Partial<ClaimsResult> = {}): string[] {
  return claimsText(documentOf("claims", { ...found, ...rest }), style).split("\n").slice(1);
}

Deno.test("claimsText: the machine, the suite with its control, the claims, all modes, what to use", () => {
  assertEquals(
    claimsText(documentOf("claims", found), style),
    `tandem 0.1.0 · deno 2.9.6 · linux x86_64 · Test CPU, 2 cores · 4.00 GiB free
1 claim · 12 shuffled rounds each · seed 42 · A/A control 1.00× 0.99…1.01

VERDICT    CLAIM                         BASELINE            MODE  EFFECT     95% CI
≈ unclear  threads run in parallel  serial 190 ms  threads 100 ms   1.90×  0.98…1.92

WORK  MODE     N×K  VERDICT     ITEMS/S  RATIO  95% CI      P99  LAG     RSS
cpu   serial   1×1    baseline      100  1.00×          2.98 ms    –  1000 B
cpu   threads  2×1  ✔ faster        190  1.90×          2.98 ms    –  1000 B

1 unclear   26.0 s
  "threads run in parallel": the interval lies on both sides of 1.2×: try more rounds or a quieter machine
    tandem explain threads-parallel
Use here: cpu: threads 2×1
`,
  );
});

Deno.test("claimsText: claims with the same reason are named together; verdicts are counted", () => {
  const claims = [claim, { ...claim, id: "both-together" }, { ...claim, verdict: "holds" } as const];
  const text = linesOf({ claims, counts: { holds: 1, fails: 0, unclear: 2, skipped: 0 } }).join("\n");
  assertStringIncludes(text, "1 holds, 2 unclear   26.0 s");
  assertStringIncludes(text, "  2 claims: the interval lies on both sides of 1.2×");
  assertStringIncludes(text, "    tandem explain threads-parallel both-together");
});

Deno.test("claimsText: why there is no advice", () => {
  const none = { kind: "none", mode: null, threads: null, tasks: null, changes: [] } as const;
  const works = [{ ...found.works[0], advice: { ...none, reason: { kind: "control-failed" } } as const }];
  assertStringIncludes(linesOf({ works }).join("\n"), "No advice: the A/A control failed, serial differs from itself");
});
