import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { markdown } from "../../../lib/report/exports/markdown.ts";
import { saved } from "./saved.ts";

/** Cells of a line of a table, as GitHub reads it: an escaped bar does not end one. */
const cellsOf = (line: string) => line.slice(1, -1).split(/(?<!\\)\|/);

Deno.test("markdown: every line of a table has as many cells as its header", () => {
  for (const name of ["claims", "compare", "compare_grid", "compare_runtimes", "scale", "streams"]) {
    const command = name.replace(/_.*/, "") as "claims";
    const text = markdown(saved(command, name));
    for (const part of text.split("\n\n").filter((part) => part.startsWith("|"))) {
      const lines = part.trimEnd().split("\n");
      assertEquals(new Set(lines.map((line) => cellsOf(line).length)).size, 1, part);
      assert(/^\|( -{2}[-:] \|)+$/.test(lines[1]), lines[1]);
    }
    assert(text.startsWith(`### tandem ${command}`) && !text.includes("undefined"), text);
  }
});

Deno.test("markdown: a job's name and its command line are code, whatever they have in them", () => {
  const compare = saved("compare");
  const job = "a`b|<img src=x onerror=alert(1)>\n# no heading";
  const next = "tandem run 'a```b'";
  const text = markdown({ ...compare, result: { ...compare.result, job, next } });
  assertStringIncludes(text, "### tandem compare ``a`b|<img src=x onerror=alert(1)> # no heading``\n");
  assertStringIncludes(text, "````sh\ntandem run 'a```b'\n````\n");
  assertEquals(text.match(/^#/gm)?.length, 1);
});

Deno.test("markdown: of two jobs, both are named, and what makes their numbers doubtful is not left out", () => {
  const two = saved("compare", "compare_two");
  const { against } = two.result;
  assert(against !== undefined);
  const notices = [{ kind: "fewer-rounds", rounds: 3, planned: 12, why: "time" }] as const;
  const same = { ...against, jobSha256: two.comparable.jobSha256! };
  const text = markdown({ ...two, result: { ...two.result, against: same, notices } });
  assertStringIncludes(text, `### tandem compare \`${against.job} at v1.2\` with \`${two.result.job}\`\n`);
  assertStringIncludes(text, "- ! both jobs have the same code.\n");
  assertStringIncludes(text, "- ! only 3 of 12 rounds were run");
});

Deno.test("markdown: foreign texts in cells and lists are no markup", () => {
  const claims = saved("claims");
  const [claim] = claims.result.claims;
  const foreign = { ...claim, sentence: "a | b <script> @someone #1\n| c", verdict: "fails" as const };
  const text = markdown({ ...claims, result: { ...claims.result, claims: [foreign] } });
  assert(!text.includes("<script>") && !/@someone|#1/.test(text), text);
  assertStringIncludes(text, "| ✘ fails | a \\| b &lt;script&gt; @<!-- -->someone #<!-- -->1 \\| c |");
});

Deno.test("markdown: a run, and what continues it", () => {
  const run = saved("run");
  const text = markdown({ ...run, result: { ...run.result, next: "tandem run job.js --resume j" } });
  assertStringIncludes(text, "- done: 4 ok, 1 failed (exit 1) · 1×1 · 141 ms · 35.4/s\n");
  assertStringIncludes(text, "```sh\ntandem run job.js --resume j\n```\n");
});

Deno.test("markdown: two runtimes have a row for each mode of each", () => {
  const text = markdown(saved("compare", "compare_runtimes"));
  const [, rows] = text.split("\nEach runtime:\n\n");
  const cells = rows.split("\n\n")[0].split("\n").map((line) => cellsOf(line).map((cell) => cell.trim()));
  assertEquals(cells[0].slice(0, 2), ["RUNTIME", "MODE"]);
  assertEquals(
    cells.slice(2).map(([runtime, mode]) => `${runtime} ${mode}`),
    ["Deno 2.9.6", "Node 20.20.2"].flatMap((name) => ["serial", "tasks", "threads"].map((mode) => `${name} ${mode}`)),
  );
  assert(!markdown(saved("compare", "compare_two")).includes("Each runtime"));
});
