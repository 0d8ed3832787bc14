import { assertEquals, assertStringIncludes } from "@std/assert";
import { claimsResult } from "../../lib/report/claims_result.ts";
import {
  adviceText,
  claimsEnd,
  claimsHead,
  claimsTable,
  modesTable,
  stoppedText,
  suiteLine,
} from "../../lib/report/claims_text.ts";
import type { Comparison } from "../../lib/model/claim.ts";

const style = { terminal: false, color: false, width: 100, unicode: true };
const control = { ratio: 1.003, interval: [0.993, 1.012], failed: false } as const;
const effect: Comparison = {
  experiment: "cpu",
  baseline: "serial",
  mode: "threads",
  ratio: 1.9,
  interval: [0.984, 1.92],
  rounds: 8,
  ratios: [1.9],
};
const row = {
  id: "threads-parallel",
  sentence: "threads run in parallel",
  source: "book",
  effect,
  verdict: { word: "unclear", reason: "the interval lies on both sides of 1.2×" },
} as const;
const summary = {
  experiment: "cpu",
  cell: { mode: "threads", threads: 2, tasks: 1 },
  medianMs: 100,
  itemsPerSecond: 480,
  samplesMs: [100],
} as const;

Deno.test("suiteLine: the control is in the head", () => {
  const machine = { os: "", arch: "", cpu: "", cores: 2, usableCores: 2, memoryBytes: 1, freeBytes: 1 };
  const head = { version: "1", deno: "2", machine, claims: 4, rounds: 12, seed: 42 };
  assertEquals(
    suiteLine(head, control),
    "4 claims · 12 shuffled rounds each · seed 42 · A/A control 1.00× 0.99…1.01\n\n",
  );
  assertEquals(
    suiteLine({ ...head, claims: 1, rounds: 1 }, { ...control, interval: null }),
    "1 claim · 1 shuffled round each · seed 42 · A/A control 1.00×\n\n",
  );
});

Deno.test("claimsHead: the machine; one core is not many", () => {
  const machine = { os: "linux", arch: "x86_64", cpu: "CPU", cores: 1, usableCores: 1, memoryBytes: 1, freeBytes: 1 };
  const head = { version: "1", deno: "2", machine, claims: 4, rounds: 12, seed: 42 };
  assertEquals(claimsHead(head), "tandem 1 · deno 2 · linux x86_64 · CPU, 1 core · 1 B free\n");
});

Deno.test("claimsTable: verdict, both sides, effect and interval", () => {
  assertEquals(
    claimsTable([row], (_effect, mode) => mode === "serial" ? 190 : 100, style),
    `VERDICT    CLAIM                         BASELINE            MODE  EFFECT     95% CI
≈ unclear  threads run in parallel  serial 190 ms  threads 100 ms   1.90×  0.98…1.92

`,
  );
});

Deno.test("modesTable: too few rounds leave the interval empty", () => {
  const [, line] = modesTable([summary], () => ({ ...effect, interval: null }), style).split("\n");
  assertEquals(line, "cpu   threads            2×1  100 ms      480      1.90×");
});

Deno.test("claimsEnd and adviceText: counts, reasons, what to use", () => {
  assertEquals(
    claimsEnd([row], 26_000),
    `1 unclear   26.0 s
  "threads run in parallel": the interval lies on both sides of 1.2×
    tandem explain threads-parallel
`,
  );
  assertEquals(
    claimsEnd([row, { ...row, id: "both-together" }, { ...row, verdict: { word: "holds", reason: "" } }], 900),
    `1 holds, 2 unclear   900 ms
  2 claims: the interval lies on both sides of 1.2×
    tandem explain threads-parallel both-together
`,
  );
  assertEquals(adviceText({ best: [summary] }), "Use here: cpu: threads 2×1\n");
  assertEquals(
    adviceText({ reason: "2 rounds are too few: --rounds 6 or more" }),
    "No advice: 2 rounds are too few: --rounds 6 or more.\n",
  );
  assertEquals([stoppedText(2, 12), stoppedText(12, 12)], ["! only 2 of 12 rounds were run: it was stopped.\n", ""]);
});

Deno.test("claimsResult: the document has the control, the others' cores, and each claim with its interval", () => {
  const { claims, counts, control: found, contention } = claimsResult([row], control, 0.1, [summary]);
  assertEquals([found, contention], [control, { foreignCores: 0.1 }]);
  assertEquals(counts, { holds: 0, fails: 0, unclear: 1, skipped: 0 });
  assertEquals([claims[0].verdict, claims[0].effect, claims[0].interval], ["unclear", 1.9, [0.984, 1.92]]);
  assertStringIncludes(JSON.stringify(claims[0].evidence), '"ratios":[1.9]');
});
