import { assert, assertEquals } from "@std/assert";
import { compareOptions, row } from "../../../lib/cli/compare/command.ts";
import { isRefusal } from "../../../lib/cli/table/option.ts";
import { needsOf, shownOnly, takesBounds } from "../row.ts";

Deno.test("compare keeps what its flags need, and gives up the rest before the job runs", async () => {
  assertEquals(await needsOf(row, ["job.js"]), ["env", "read", "sys"]);
  assertEquals(await needsOf(row, ["job.js", "--save-plan=-"]), ["env", "read", "sys", "write"]);
  assertEquals(await needsOf(row, ["@http"]), ["env", "net", "read", "sys"]);
  assertEquals(await needsOf(row, ["@http", "job.js"]), ["env", "net", "read", "sys", "write"]); // that of both jobs, and a step's summary
  assertEquals(await needsOf(row, ["job.js", "@http"]), ["env", "net", "read", "sys", "write"]);
  assertEquals(await needsOf(row, ["job.js", "--against=main"]), ["env", "read", "run", "sys", "write"]);
  assertEquals(await needsOf(row, ["job.js", "--memory=1GiB"]), ["env", "net", "read", "run", "sys", "write"]);
});

Deno.test("compare: results are comparable whatever only shows or saves them", () => {
  assertEquals(shownOnly(compareOptions), ["failOn", "savePlan", "trace", "json", "quiet"]);
});

Deno.test("compare: bounds of its numbers", () => {
  const { count, threads, tasks, rounds, warmup, seed, maxTime } = compareOptions;
  const most = Number.MAX_SAFE_INTEGER;
  assertEquals([isRefusal(count.read(["0"])), count.read([`${most}`]), isRefusal(count.read(["1e16"]))], [
    true,
    most,
    true,
  ]);
  assert(takesBounds(threads, 1, 1024));
  assert(takesBounds(tasks, 1, 100_000));
  assert(takesBounds(rounds, 1, 1000));
  assert(takesBounds(warmup, 0, 100));
  assert(takesBounds(seed, 0, 2 ** 32 - 1));
  assertEquals([isRefusal(maxTime.read(["999ms"])), maxTime.read(["1s"])], [true, 1000]);
});
