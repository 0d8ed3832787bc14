import { assertEquals } from "@std/assert";
import { row } from "../../../lib/cli/jobs/command.ts";
import { needsOf } from "../row.ts";

Deno.test("jobs keeps the permission to read its modules; its document describes the machine too", async () => {
  assertEquals(await needsOf(row), ["read"]);
  assertEquals(await needsOf(row, ["--json"]), ["read", "sys"]);
});
