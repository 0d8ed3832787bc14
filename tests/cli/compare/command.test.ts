import { assert, assertEquals } from "@std/assert";
import { compareOptions, type CompareValues, inRuntime, row } from "../../../lib/cli/compare/command.ts";
import { isRefusal } from "../../../lib/cli/table/option.ts";
import { needsOf, shownOnly, takesBounds } from "../row.ts";

Deno.test("compare keeps what its flags need, and gives up the rest before the job runs", async () => {
  assertEquals(await needsOf(row, ["job.js"]), ["env", "read", "sys"]);
  assertEquals(await needsOf(row, ["job.js", "--save-plan=-"]), ["env", "read", "sys", "write"]);
  assertEquals(await needsOf(row, ["@http"]), ["env", "net", "read", "sys"]);
  assertEquals(await needsOf(row, ["@http", "job.js"]), ["env", "net", "read", "sys", "write"]); // that of both jobs, and a step's summary
  assertEquals(await needsOf(row, ["job.js", "@http"]), ["env", "net", "read", "sys", "write"]);
  assertEquals(await needsOf(row, ["job.js", "--against=main"]), ["env", "read", "run", "sys", "write"]);
  const inProcesses = ["env", "net", "read", "run", "sys", "write"] as const;
  assertEquals(await needsOf(row, ["job.js", "--runtimes=deno,node"]), inProcesses);
  assertEquals(await needsOf(row, ["job.js", "--runtimes=node,deno"]), inProcesses);
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

Deno.test("compare --runtimes: each with a path or without, and written as they are read", () => {
  const { read, write } = compareOptions.runtimes;
  assertEquals(read(["deno,node"]), ["deno", "node"]);
  assertEquals(read(["deno", "bun"]), ["deno", "bun"]);
  const paths = [{ name: "node", program: "/a/node" }, { name: "node", program: "/b/node" }] as const;
  assertEquals(read(["node=/a/node,node=/b/node"]), paths);
  assertEquals([write(paths), write([])], [["node=/a/node,node=/b/node"], []]);
  assertEquals(read(["node=/a,b,deno"]), [{ name: "node", program: "/a,b" }, "deno"]);
  for (const text of ["", "deno,", "deno,perl", "node,deno=/a"]) assert(isRefusal(read([text])), text);
});

Deno.test("compare --runtimes: each job runs in a process of its runtime, under the user's Deno where it is Deno", () => {
  const values = {
    ...Object.fromEntries(Object.entries(compareOptions).map(([key, { fallback }]) => [key, fallback])),
    deno: "/d",
  } as CompareValues;
  const pick = ({ isolate, runtime, deno }: CompareValues) => [isolate, runtime, deno];
  assertEquals(pick(inRuntime(values, undefined)), ["auto", "deno", "/d"]);
  assertEquals(pick(inRuntime(values, "deno")), ["process", "deno", "/d"]);
  assertEquals(pick(inRuntime(values, "node")), ["process", "node", undefined]);
});
