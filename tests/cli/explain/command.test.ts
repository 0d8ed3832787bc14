import { assertEquals } from "@std/assert";
import { row } from "../../../lib/cli/explain/command.ts";
import { needsOf } from "../row.ts";

Deno.test("explain keeps the permission to read its modules, and no other", async () => {
  assertEquals(await needsOf(row), ["read"]);
});
