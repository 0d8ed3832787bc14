import { assert, assertEquals } from "@std/assert";
import { row, runOptions } from "../../../lib/cli/run/command.ts";
import type { Options } from "../../../lib/cli/table/option.ts";
import { needsOf, shownOnly, takesBounds } from "../row.ts";

Deno.test("run keeps what its flags need, and gives up the rest before the job runs", async () => {
  const needs = (...args: string[]) => needsOf(row, args);
  assertEquals(await needs("job.js"), ["env", "read"]);
  for (const flag of ["--journal=j", "--resume=j", "--retry-failed=j"]) {
    assertEquals(await needs("job.js", flag), ["env", "read", "write"], flag);
  }
  assertEquals(await needs("job.js", "--export-json=-"), ["env", "read", "sys", "write"]);
  assertEquals(await needs("job.js", "--plan=p"), ["env", "read", "sys"]);
  assertEquals(await needs("@http", "items"), ["env", "net", "read"]);
  assertEquals(await needs("job.js", "--timeout=1s"), ["env", "net", "read", "run", "write"]);
});

Deno.test("run: which flags decide the items, and which the output: a resumed run must have the same", () => {
  const deciding = (what: "items" | "output") =>
    Object.entries<Options[string]>(runOptions).flatMap(([name, { decides }]) => decides === what ? [name] : []);
  assertEquals(deciding("items"), ["input", "header", "null", "limit", "shard"]);
  assertEquals(deciding("output"), [
    ...["exec", "shell"],
    ...["output", "unordered", "tag", "errors", "maxLine", "maxResult"],
  ]);
  assertEquals(shownOnly(runOptions), ["quiet", "log"]);
});

Deno.test("run: bounds of its numbers", () => {
  const { threads, tasks, limit, retries } = runOptions;
  assert(takesBounds(threads, 1, 1024));
  assert(takesBounds(tasks, 1, 100_000));
  assert(takesBounds(limit, 1, Number.MAX_SAFE_INTEGER));
  assert(takesBounds(retries, 0, 1000));
});
