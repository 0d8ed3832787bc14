import { assert, assertEquals } from "@std/assert";
import { diffOptions, row } from "../../../lib/cli/diff/command.ts";
import { isRefusal } from "../../../lib/cli/table/option.ts";
import { needsOf, shownOnly } from "../row.ts";

Deno.test("diff reads files, and writes exports and the summary of GitHub Actions", async () => {
  assertEquals(await needsOf(row, ["a.json", "b.json"]), ["read", "sys", "write"]);
  assertEquals(shownOnly(diffOptions), ["failOn", "json"]);
});

Deno.test("diff: a margin is a percentage", () => {
  const { margin } = diffOptions;
  assertEquals([margin.fallback, margin.shown], [0.02, "2%"]);
  assertEquals(["5%", "0%", "2.5 %", "100%"].map((text) => margin.read([text])), [0.05, 0, 0.025, 1]);
  for (const text of ["5", "0.05", "-1%", "101%", "%", "x%", ""]) assert(isRefusal(margin.read([text])), text);
  for (const share of [0.05, 0.001, 0.07, 1]) assertEquals(margin.read(margin.write(share)), share);
});
