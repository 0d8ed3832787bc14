import { assertEquals } from "@std/assert";
import { row } from "../../../lib/cli/engine/command.ts";
import { needsOf } from "../row.ts";

Deno.test("engine: it reads its own modules, which are loaded when it runs", async () => {
  assertEquals(await needsOf(row, ["slurm", "job.js", "items", "--shards=2"]), ["read"]);
});
