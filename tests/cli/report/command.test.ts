import { assertEquals } from "@std/assert";
import { reportOptions, row } from "../../../lib/cli/report/command.ts";
import { needsOf, shownOnly } from "../row.ts";

Deno.test("report reads files, and writes them only where it exports", async () => {
  assertEquals(await needsOf(row, ["a.json", "--format=csv"]), ["read"]);
  assertEquals(await needsOf(row, ["a.json", "--export-csv=a.csv"]), ["read", "write"]);
  assertEquals(shownOnly(reportOptions), ["format"]);
});
