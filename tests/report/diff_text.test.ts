import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { diffDocuments } from "../../lib/diff/diff_documents.ts";
import { diffText } from "../../lib/report/diff_text.ts";
import { type Session, sessionOf } from "../diff/varied.ts";
import { documentOf } from "./document_of.ts";

const style = { terminal: false, color: false, width: 100, unicode: true };

function textOf(after: Session, comparable = {}, width = 100): string {
  const before = sessionOf({ seed: 1 });
  const later = sessionOf(after);
  const pair = { before, after: { ...later, comparable: { ...later.comparable, ...comparable } } };
  return diffText(documentOf("diff", diffDocuments(pair, 0.02)), { ...style, width });
}

Deno.test("diff's text: where both come from, a row for each mode, and the answers counted", () => {
  const text = textOf({ seed: 2, slower: { serial: 1.1, threads: 0.8, both: 3 } });
  assertStringIncludes(text, "diff of compare @primes\nbefore  2026-11-26 16:40 UTC · tandem 0.1.0 · deno 2.9.6 · ");
  const row = (name: string) => text.split("\n").find((line) => line.includes(` ${name} `)) ?? "";
  assert(
    /^✘ regressed +serial +[\d.]+ ms +[\d.]+ ms +\+\d+\.\d % +\+\d+\.\d…\+\d+\.\d %$/.test(
      row("serial"),
    ),
  );
  assert(/^✔ improved +threads .* −\d+\.\d % +−\d+\.\d…−\d+\.\d %$/.test(row("threads")), row("threads"));
  assert(/^✘ regressed +both .* [\d.]+× +[\d.]+…[\d.]+×$/.test(row("both")), row("both"));
  assertStringIncludes(text, "\n2 regressed, 1 improved, 1 within noise · margin 2 %\n");
});

Deno.test("diff's text: why rows are unclear, and what else the documents differ in", () => {
  const text = textOf({ seed: 2, rounds: 1 }, { machineSha256: "x", versionsSha256: "y", jobSha256: "z" });
  assertStringIncludes(text, "\n! They also differ in the job's code, the machine and the versions: a difference may");
  assertStringIncludes(text, "\n4 unclear · margin 2 %\n  ≈ 4 rows: 1 round is too few: 4 are needed");
  assertStringIncludes(textOf({ seed: 2 }, { itemsSha256: "x" }), "\n! They also differ in the items: ");
});

Deno.test("diff's text: a narrow terminal has two lines for each row", () => {
  const lines = textOf({ seed: 2 }, {}, 60).split("\n");
  assertEquals(lines.filter((line) => line.length > 60), []);
  assert(lines.some((line) => /^ {4}before /.test(line)), lines.join("\n"));
});
