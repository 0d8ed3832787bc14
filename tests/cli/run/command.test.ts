import { assert, assertEquals } from "@std/assert";
import { row, runOptions } from "../../../lib/cli/run/command.ts";
import { isRefusal, type Options } from "../../../lib/cli/table/option.ts";
import { needsOf, shownOnly, takesBounds } from "../row.ts";

Deno.test("run keeps what its flags need, and gives up the rest before the job runs", async () => {
  const needs = (...args: string[]) => needsOf(row, args);
  assertEquals(await needs("job.js"), ["env", "read"]);
  for (const flag of ["--journal=j", "--resume=j", "--retry-failed=j"]) {
    assertEquals(await needs("job.js", flag), ["env", "read", "write"], flag);
  }
  assertEquals(await needs("job.js", "--export-json=-"), ["env", "read", "sys", "write"]);
  assertEquals(await needs("job.js", "--plan=p"), ["env", "read", "sys"]);
  assertEquals(await needs("job.js", "--load=80%"), ["env", "read", "sys"]);
  assertEquals(await needs("job.js", "--mem-free=1GiB"), ["env", "read", "sys"]);
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
  assertEquals(shownOnly(runOptions), ["results", "quiet", "log", "trace"]);
});

Deno.test("run: bounds of its numbers", () => {
  const { threads, tasks, limit, retries, retryMax } = runOptions;
  assert(takesBounds(threads, 1, 1024));
  assert(takesBounds(tasks, 1, 100_000));
  assert(takesBounds(limit, 1, Number.MAX_SAFE_INTEGER));
  assert(takesBounds(retries, 0, 1000));
  assertEquals([retryMax.fallback, retryMax.read(["1ms"]), isRefusal(retryMax.read(["0"]))], [60_000, 1, true]);
});

Deno.test("run --max-failures: a number of items, or a share", () => {
  const { maxFailures } = runOptions;
  const texts = ["0", "10", "2k", "5%", "0.5%", "0%", "100%"];
  const limits = [0, 10, 2_000, { percent: 5 }, { percent: 0.5 }, { percent: 0 }, { percent: 100 }];
  assertEquals(texts.map((text) => maxFailures.read([text])), limits);
  assertEquals(limits.flatMap((limit) => maxFailures.write(limit)), ["0", "10", "2000", ...texts.slice(3)]);
  for (const text of ["", "%", "-1", "1.5", "101%", "5 %", "-5%", "5%%", "1e400"]) {
    assertEquals(maxFailures.read([text]), { refused: "expected a whole number, like 100, or a share, like 5%" }, text);
  }
});

Deno.test("run --retry-on: names, also several times", () => {
  const { retryOn } = runOptions;
  assertEquals(retryOn.read(["TimeoutError,Busy", "Error"]), ["TimeoutError", "Busy", "Error"]);
  assertEquals([retryOn.write(["a", "b"]), retryOn.write([])], [["a,b"], []]);
  for (const text of ["", "a,", "a,,b"]) assert(isRefusal(retryOn.read([text])), text);
});
