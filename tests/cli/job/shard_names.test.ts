import { assertEquals, assertThrows } from "@std/assert";
import { nameByShard, namedFor, namesShard, shardNumber, unnamedFiles } from "../../../lib/cli/job/shard_names.ts";
import { runOptions } from "../../../lib/cli/run/command.ts";
import { UsageError } from "../../../lib/errors.ts";

Deno.test("shardNumber: as many digits as the highest number has", () => {
  const names = (count: number) => Array.from({ length: count }, (_, index) => shardNumber({ index, count }));
  assertEquals(names(3), ["0", "1", "2"]);
  assertEquals([names(10)[9], names(11)[9], names(11)[10]], ["9", "09", "10"]);
  assertEquals(names(1000).toSorted(), names(1000));
  assertEquals(shardNumber({ index: 0, count: 1 }), "0");
});

Deno.test("namedFor: {shard} is the number, {{shard}} the text, and other braces stay", () => {
  const shard = { index: 3, count: 12 };
  assertEquals(namedFor("out-{shard}/{shard}.json", shard), "out-03/03.json");
  assertEquals(namedFor("{{shard}}-{shard}", shard), "{shard}-03");
  assertEquals(namedFor("{}{Shard}{ shard }{shard", shard), "{}{Shard}{ shard }{shard");
  assertEquals(["{{shard}}", "{shard}", "a", "{{shard}}{shard}"].map(namesShard), [false, true, false, true]);
});

Deno.test("nameByShard: the files that a run writes; what it reads stays", () => {
  const given = {
    plan: "p-{shard}",
    journal: "j-{shard}",
    exportJson: ["a-{shard}", "{{shard}}"],
    exportCsv: [],
    exec: "x {shard}",
  };
  assertEquals(nameByShard(runOptions, given, { index: 1, count: 2 }), {
    values: { journal: "j-1", exportJson: ["a-1", "{shard}"] },
    called: { journal: "j-1", exportJson: ["a-1", "{{shard}}"] },
  });
  assertEquals(nameByShard(runOptions, { log: "{{shard}}" }, undefined).values, { log: "{shard}" });
  assertThrows(() => nameByShard(runOptions, { trace: "t-{shard}" }, undefined), UsageError, "--trace t-{shard}");
});

Deno.test("every flag of run that writes a file can have the shard in it", () => {
  const names = Object.entries(runOptions).filter(([, { flagOnly }]) => flagOnly === "file").map(([key]) => key);
  const writing = Object.entries(runOptions).filter(([, option]) => "writes" in option && option.writes);
  assertEquals(
    names.filter((name) => !["plan", "deno", "runtime"].includes(name)).toSorted(),
    writing.map(([key]) => key).toSorted(),
  );
});

Deno.test("unnamedFiles: files that all shards write, where their command lines are the same", () => {
  const shard = { index: 1, count: 20 };
  const of = (given: object, numbers: readonly string[] = ["7"]) =>
    unnamedFiles(runOptions, { ...given }, shard, numbers);
  assertEquals(of({ journal: "j", exportJson: ["a", "b-{shard}", "-"] }), ["--journal j", "--export-json a"]);
  assertEquals(of({ journal: "j.7", log: "/dev/null" }), []); // the engine's own number
  assertEquals(of({ journal: "j.17" }), ["--journal j.17"]);
  assertEquals(of({ journal: "j" }, []), []); // --shard I/N: the user's own command line
  assertEquals(unnamedFiles(runOptions, { journal: "j" }, { index: 0, count: 1 }, ["0"]), []);
});
