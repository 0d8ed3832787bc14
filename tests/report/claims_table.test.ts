import { assertEquals, assertStringIncludes } from "@std/assert";
import type { Quantity } from "../../lib/model/quantity.ts";
import { claimRow, claimTitles } from "../../lib/report/claims_table.ts";
import { counted, evidence, judged } from "./judged_claim.ts";

const style = { terminal: false, color: false, width: 100, unicode: true };

Deno.test("claim rows: no line is wider than the terminal, and nothing is cut", () => {
  const all = [judged(), counted, judged({ effect: 15_500, interval: [15_100, 15_800] })];
  for (let width = 40; width <= 130; width++) {
    for (const claim of all) {
      const lines = [...claimTitles({ ...style, width }), ...claimRow(claim, { ...style, width })];
      assertEquals(lines.filter((line) => line.length > width), [], `${width}`);
      const words = lines.join(" ").split(/\s+/);
      assertEquals(claim.sentence.split(" ").filter((word) => !words.includes(word)), [], `${width}`);
    }
  }
});

Deno.test("claim rows: a count that is too wide is a percentage, or has three digits", () => {
  const lost: Quantity = { value: 8_388_800, unit: "count", interval: null, of: 149_720_800 };
  const all: Quantity = { value: 1_000, unit: "count", interval: null, of: 1_000 };
  const claim = judged({ evidence: evidence({ tasks: all, threads: lost }) });
  assertStringIncludes(claimRow(claim, style)[0], "   100 %    5.60 %  ");
  const one = judged({
    effect: 51_912,
    interval: [22_841, 131_004],
    evidence: evidence({ tasks: { ...lost, of: null } }),
  });
  assertStringIncludes(claimRow(one, style)[0], "   8.39M    100 ms   51.9k×   22.8k…131k");
});

Deno.test("claim rows: in a narrow terminal the numbers follow below, with their names", () => {
  assertEquals(claimTitles({ ...style, width: 60 }), []);
  assertEquals(claimRow(judged(), { ...style, width: 60 }), [
    "✔ holds    threads run in parallel",
    "           tasks 190 ms, threads 100 ms, effect 1.90×,",
    "           CI 1.84…1.92",
  ]);
  assertEquals(claimRow(counted, { ...style, width: 60 }), [
    "✘ fails    the output is the same with either producer",
    "           tasks 34/40, threads 28/40",
  ]);
});

Deno.test("claim rows: colour is on the verdict's word only", () => {
  for (const width of [60, 100]) {
    const [line] = claimRow(judged(), { ...style, width, color: true });
    assertEquals(line.split("\x1b[32m").length, 2);
    assertEquals(line.slice(0, line.indexOf("\x1b[39m")).trimEnd(), "\x1b[32m✔ holds");
  }
});

Deno.test("claim rows: the rows stand under their titles, from 72 columns on; a wide terminal does not widen CLAIM", () => {
  const shown = (width: number) => [
    ...claimTitles({ ...style, width }),
    ...claimRow(judged({ effect: 15_500, interval: [15_100, 15_800] }), { ...style, width }),
  ];
  assertEquals(shown(72), [
    "VERDICT    CLAIM                   TASKS   THREADS   EFFECT       95% CI",
    "✔ holds    threads run in         190 ms    100 ms   15.5k×  15.1k…15.8k",
    "           parallel",
  ]);
  assertEquals(shown(71), [
    "✔ holds    threads run in parallel",
    "           tasks 190 ms, threads 100 ms, effect 15.5k×, CI 15.1k…15.8k",
  ]);
  const wide = [
    "VERDICT    CLAIM                           TASKS   THREADS   EFFECT       95% CI",
    "✔ holds    threads run in parallel        190 ms    100 ms   15.5k×  15.1k…15.8k",
  ];
  assertEquals([shown(80), shown(200)], [wide, wide]);
});

Deno.test("claim rows: of a claim that was skipped no number is shown; nor of a side that it is not about", () => {
  const skipped = judged({ verdict: "skipped", reason: { kind: "time-up" } });
  assertEquals(claimRow(skipped, style), [
    "– skipped  threads run in parallel             –         –        –",
  ]);
  assertEquals(claimRow(skipped, { ...style, width: 60 }), ["– skipped  threads run in parallel"]);
  const oneSided = judged({ evidence: evidence({ threads: null }), interval: null });
  assertEquals(claimRow(oneSided, style), [
    "✔ holds    threads run in parallel        190 ms         –    1.90×",
  ]);
});

Deno.test("claim rows: in a narrow terminal a long sentence goes on below, above its numbers", () => {
  assertEquals(claimRow(counted, { ...style, width: 45 }), [
    "✘ fails    the output is the same with either",
    "           producer",
    "           tasks 34/40, threads 28/40",
  ]);
});

Deno.test("claim rows: each verdict has its colour", () => {
  const colors = { holds: 32, fails: 31, unclear: 33, skipped: 2 } as const;
  for (const verdict of ["holds", "fails", "unclear", "skipped"] as const) {
    const [line] = claimRow(judged({ verdict }), { ...style, color: true });
    assertStringIncludes(line, `\x1b[${colors[verdict]}m`);
    // deno-lint-ignore no-control-regex -- colours
    assertEquals(line.replace(/\x1b\[\d+m/g, ""), claimRow(judged({ verdict }), style)[0]);
  }
});
