import { assertEquals, assertStringIncludes } from "@std/assert";
import type { ClaimsResult } from "../../lib/model/claim.ts";
import type { Advice } from "../../lib/model/reason.ts";
import { claimLines, claimsBegin, claimsEnd, claimsText } from "../../lib/report/claims_text.ts";
import { compared } from "../bench/suite_runs.ts";
import { documentOf } from "./document_of.ts";
import { counted, judged, ms } from "./judged_claim.ts";

const style = { terminal: false, color: false, width: 100, unicode: true };

const advice: Advice = {
  kind: "use",
  mode: "threads",
  threads: 2,
  tasks: 1,
  reason: { work: null, ratio: 1.9, interval: null, wider: null },
  changes: [],
};

const found: ClaimsResult = {
  effort: "default",
  control: { ratio: 1.003, interval: [0.993, 1.012], failed: false, samples: [] },
  claims: [
    judged(),
    counted,
    judged({
      id: "near",
      sentence: "near the limit",
      verdict: "unclear",
      reason: { kind: "both-sides", at: 1.2, unit: "ratio" },
      interval: [0.984, 1.92],
    }),
    ...["million", "climb"].map((id) =>
      judged({
        id,
        sentence: id,
        verdict: "skipped",
        reason: { kind: "left-out", effort: "quick" },
        effect: null,
        interval: null,
        evidence: null,
      })
    ),
  ],
  counts: { holds: 1, fails: 1, unclear: 1, skipped: 2 },
  works: [{
    work: "cpu",
    about: "computes",
    itemCount: 40,
    rounds: 12,
    control: { ratio: 1.003, interval: [0.993, 1.012], failed: false, samples: [] },
    contention: { foreignCores: 0.1, rounds: 0, contended: false },
    modes: [
      compared({ mode: "serial", threads: 1, tasks: 1 }, 1, { elapsedMs: 190 }),
      compared({ mode: "threads", threads: 2, tasks: 1 }, 1.9, { elapsedMs: 100, interval: null }),
    ],
    advice,
    notices: [],
  }],
  advice: {
    uses: [
      { work: "waiting", mode: "tasks", claim: "waiting", ratio: 9.07 },
      { work: "computing", mode: "threads", claim: "threads-parallel", ratio: 1.9 },
      { work: "mixed", mode: "both", claim: "both", ratio: 1.77 },
    ],
    breakEven: { computing: ms(4.2), waiting: ms(5) },
  },
};

Deno.test("claimsText: what runs where, a row for each claim, the counts, what fails and why, what to use", () => {
  assertEquals(
    claimsText(documentOf("claims", found), style),
    `tandem 0.1.0 · deno 2.9.6 · linux x86_64 · Test CPU, 2 cores · 4.00 GiB free
5 claims · shuffled rounds · seed 42

VERDICT    CLAIM                           TASKS   THREADS   EFFECT       95% CI
✔ holds    threads run in parallel        190 ms    100 ms    1.90×    1.84…1.92
✘ fails    the output is the same with     34/40     28/40        –
           either producer
≈ unclear  near the limit                 190 ms    100 ms    1.90×    0.98…1.92
– skipped  million                             –         –        –
– skipped  climb                               –         –        –

1 holds, 1 fails, 1 unclear, 2 skipped   26.0 s
  ✘ "the output is the same with either producer": 12/40 pairs differ on stderr.
    tandem explain same-output
  ≈ "near the limit": the interval lies on both sides of 1.2×: try more rounds or a quieter machine
    tandem explain near
  – 2 claims: left out by --quick
A/A controls: cpu 1.00× 0.99…1.01 in 12 rounds
Use tasks for waiting (9.07×), threads for computing (1.90×), both for a mix of the two (1.77×).
  Items that wait 5.00 ms are faster in threads if each computes more than 4.20 ms.
Next: tandem explain CLAIM · tandem compare your-job.ts
`,
  );
});

Deno.test("claimsText: the text of a saved document is what the screen showed, row by row", () => {
  const document = documentOf("claims", found);
  const shown = [
    claimsBegin({ ...document, claims: 5 }, style),
    ...found.claims.map((claim) => claimLines(claim, style)),
    claimsEnd(document, style),
  ];
  assertEquals(claimsText(document, style), shown.join(""));
});

Deno.test("claimsText: with --full a table of the modes of each kind of work follows the claims", () => {
  const text = claimsText(documentOf("claims", { ...found, effort: "full" }), style);
  assertStringIncludes(
    text,
    "\n\ncpu:\nMODE     THREADS×TASKS  VERDICT     ITEMS/S  VS SERIAL  95% CI      P99  LAG     RSS\nserial ",
  );
});

Deno.test("claimsText: no advice without a claim that holds and recommends a mode; not a word of it without any work", () => {
  const none = { ...found, advice: { uses: [], breakEven: null } };
  assertStringIncludes(
    claimsText(documentOf("claims", none), style),
    "\nNo advice: no claim that recommends a mode holds here.\n",
  );
  const ends = claimsText(documentOf("claims", { ...none, works: [] }), style);
  assertEquals(ends.slice(ends.indexOf("left out")), "left out by --quick\n");
});

Deno.test("claimsText: of a few claims it is told what was measured also where they hold", () => {
  const alone = claimsText(documentOf("claims", { ...found, claims: found.claims.slice(0, 3) }), style);
  const told =
    '\n  ✔ "threads run in parallel": It takes 190 ms as tasks and 100 ms in threads.\n    tandem explain threads-parallel\n';
  assertStringIncludes(alone, told);
  assertEquals(claimsText(documentOf("claims", found), style).includes(told), false);
  const four = claimsText(documentOf("claims", { ...found, claims: found.claims.slice(0, 4) }), style);
  assertEquals(four.includes(told), false);
});

Deno.test("claimsText: claims that the user did not wait for have no row, but are counted", () => {
  const stopped = judged({ verdict: "skipped", reason: { kind: "stopped" }, evidence: null });
  const counts = { ...found.counts, holds: 0, fails: 0, unclear: 0, skipped: 2 };
  const text = claimsText(documentOf("claims", { ...found, claims: [stopped, stopped], counts }), style);
  assertStringIncludes(text, "95% CI\n\n2 skipped   26.0 s\n  – 2 claims: not measured: it was stopped\n");
});

/** The end of the text. */
const endOf = (rest: Partial<ClaimsResult>) => claimsEnd(documentOf("claims", { ...found, ...rest }), style);

Deno.test("claimsText: --full has no table where no work was run, and one for a single mode", () => {
  const [work] = found.works;
  assertEquals(endOf({ effort: "full", works: [] }).includes("MODE"), false);
  assertStringIncludes(
    endOf({ effort: "full", works: [{ ...work, modes: work.modes.slice(0, 1) }] }),
    "\ncpu:\nMODE ",
  );
  assertEquals(endOf({}).includes("MODE"), false);
});

Deno.test("claimsText: one claim holds or fails, several hold or fail", () => {
  const first = (counts: ClaimsResult["counts"]) => endOf({ counts }).split("\n")[1];
  assertEquals(first({ holds: 2, fails: 2, unclear: 2, skipped: 0 }), "2 hold, 2 fail, 2 unclear   26.0 s");
  assertEquals(first({ holds: 1, fails: 1, unclear: 0, skipped: 1 }), "1 holds, 1 fails, 1 skipped   26.0 s");
});

Deno.test("claimsText: a verdict without a measurement behind it is told without numbers", () => {
  const claims = [judged({ evidence: null })];
  assertStringIncludes(endOf({ claims }), '\n  ✔ "threads run in parallel"\n    tandem explain threads-parallel\n');
});

Deno.test("claimsText: a control of too few rounds has no interval; a mode is advised without a break-even", () => {
  const [work] = found.works;
  const control = { ...work.control, interval: null };
  const text = endOf({ works: [{ ...work, rounds: 1, control }], advice: { ...found.advice, breakEven: null } });
  assertStringIncludes(text, "\nA/A controls: cpu 1.00× in 1 round\n");
  assertStringIncludes(text, " a mix of the two (1.77×).\nNext: ");
});
