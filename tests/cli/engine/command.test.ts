import { assert, assertEquals } from "@std/assert";
import { engineOptions, row } from "../../../lib/cli/engine/command.ts";
import { maxShards } from "../../../lib/cli/table/common_options.ts";
import { needsOf, takesBounds } from "../row.ts";

Deno.test("engine: it reads its own modules, which are loaded when it runs", async () => {
  assertEquals(await needsOf(row, ["slurm", "job.js", "items", "--shards=2"]), ["read"]);
});

Deno.test("engine: as many shards as run takes", () => {
  for (const option of [engineOptions.shards, engineOptions.atOnce]) assert(takesBounds(option, 1, maxShards));
});
