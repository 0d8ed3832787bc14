import { assert, assertEquals } from "@std/assert";
import { gatherOptions, row } from "../../../lib/cli/gather/command.ts";
import { maxShards } from "../../../lib/cli/table/common_options.ts";
import { needsOf, shownOnly, takesBounds } from "../row.ts";

Deno.test("gather reads, and gives up all other permissions", async () => {
  assertEquals(await needsOf(row, ["a", "b", "--items=c"]), ["read"]);
  assertEquals(shownOnly(gatherOptions), ["quiet"]);
});

Deno.test("gather: a number of lines, and files that only the command line names", () => {
  assert(takesBounds(gatherOptions.lines, 1, Number.MAX_SAFE_INTEGER));
  assert(takesBounds(gatherOptions.shards, 1, maxShards));
  assertEquals(gatherOptions.items.read(["a", "b,c"]), ["a", "b,c"]);
  assertEquals(gatherOptions.items.flagOnly, "file");
});
