import { assert, assertEquals } from "@std/assert";
import { diffOptions, row } from "../../../lib/cli/diff/command.ts";
import { isRefusal } from "../../../lib/cli/table/option.ts";
import { needsOf, shownOnly } from "../row.ts";

Deno.test("diff reads files, and writes exports and the summary of GitHub Actions", async () => {
  assertEquals(await needsOf(row, ["a.json", "b.json"]), ["read", "sys", "write"]);
  assertEquals(shownOnly(diffOptions), ["failOn", "json"]);
});

Deno.test("diff: a margin is a share, written in percent, 2 % if none is given", () => {
  const { margin } = diffOptions;
  assertEquals([margin.fallback, margin.shown], [0.02, "2%"]);
  assertEquals(["5%", "100%"].map((text) => margin.read([text])), [0.05, 1]);
  for (const text of ["5", "0.05", "0%", "-1%", "%"]) assert(isRefusal(margin.read([text])), text);
});
