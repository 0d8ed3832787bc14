import { assertEquals } from "@std/assert";
import { row } from "../../../lib/cli/help/command.ts";
import { needsOf } from "../row.ts";

Deno.test("help keeps the permission to read its modules, and no other", async () => {
  assertEquals(await needsOf(row), ["read"]);
});
