import { assert, assertEquals } from "@std/assert";
import { claimsOptions, maxTimes, row } from "../../../lib/cli/claims/command.ts";
import { isRefusal } from "../../../lib/cli/table/option.ts";
import { needsOf, shownOnly, takesBounds } from "../row.ts";

Deno.test("claims keeps what its experiments need: children, a server, the machine; processes need more", async () => {
  assertEquals(await needsOf(row), ["net", "read", "run", "sys"]);
  assertEquals(await needsOf(row, ["--isolate=process"]), ["env", "net", "read", "run", "sys", "write"]);
});

Deno.test("claims: the time limits are those that its help says", () => {
  assertEquals(claimsOptions.maxTime.shown, "45s; 12s with --quick, none with --full");
  assertEquals(maxTimes, { quick: 12_000, default: 45_000, full: undefined });
});

Deno.test("claims: verdicts are comparable whatever only shows them, or makes an exit code of them", () => {
  assertEquals(shownOnly(claimsOptions), ["failOn", "json", "ndjson"]);
});

Deno.test("claims: bounds of its numbers", () => {
  const { rounds, seed, threads, tasks, maxTime } = claimsOptions;
  assert(takesBounds(rounds, 1, 1000));
  assert(takesBounds(seed, 0, 2 ** 32 - 1));
  assert(takesBounds(threads, 2, 1024));
  assert(takesBounds(tasks, 2, 100_000));
  assertEquals([isRefusal(maxTime.read(["999ms"])), maxTime.read(["1s"])], [true, 1000]);
});
