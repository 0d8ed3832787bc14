import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { linesOf } from "../../lib/cli/compare_items.ts";
import { nextRun } from "../../lib/cli/next_run.ts";
import { run, spawn, testEach } from "./programs.ts";

const jobs = `${import.meta.dirname}/../fixtures/jobs`;
const squares = `${jobs}/squares_of_own_items.js`;

testEach("compare: the module's items in all modes, as a document", async (program) => {
  const { code, stdout, stderr } = await run(program, ["compare", squares, "--rounds", "6", "--json", "--tasks", "4"]);
  assertEquals([code, stderr.split("\n").length], [0, 2]);
  assertMatch(stderr, /^Each of 8 items runs 30 times \(6 rounds of 5 runs\), up to \d+ of the first ones twice that/);
  const { schema, command, seed, result } = JSON.parse(stdout);
  assertEquals([schema, command, seed], [1, "compare", 42]);
  const { job, itemCount, outputsEqual, control, contention, modes, phases, advice } = result;
  assertEquals([job, itemCount, outputsEqual], [squares, 8, true]);
  assertEquals(modes.map(({ mode }: { mode: string }) => mode), ["serial", "tasks", "threads", "both"]);
  for (const { threads, tasks, verdict, interval, p50Ms, p99Ms, rssBytes, samples } of modes) {
    assert(threads >= 1 && tasks >= 1 && p50Ms >= 1 && p99Ms >= p50Ms && rssBytes > 0);
    assertEquals([interval === null, samples.length], [verdict === "baseline", 6]);
    assert(samples.every(({ elapsedMs, cpuMs }: Record<string, number>) => elapsedMs > 0 && cpuMs >= 0));
  }
  assert(control.ratio > 0 && contention.foreignCores >= 0 && phases.sendingMs >= 0);
  assert(advice.reason.length > 0);
});

testEach("compare: text, with the next command where there is advice", async (program) => {
  const args = ["compare", squares, "--count=8", "--rounds=6", "--threads=2", "--tasks=4", "--quiet"];
  const { code, stdout, stderr } = await run(program, args);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /\ncompare .*squares_of_own_items\.js · 8 items · 6 shuffled rounds · outputs equal \(sha256 /);
  assertMatch(stdout, /\nserial +1×1 +baseline +[\d.,]+ +1\.00× /);
  assertMatch(stdout, /\nboth +2×2 /);
  assertMatch(stdout, /(\n→ Use [^]*\nNext: tandem run .* < items.ndjson|\nNo advice: )/);
});

testEach("compare: items from a file and from stdin, in processes", async (program) => {
  const args = ["compare", squares, "--items", "-", "--rounds=2", "--isolate=process", "--json", "--quiet"];
  const { code, stdout } = await run(program, args, { input: "1\n\n2\n3\n" });
  assertEquals(code, 0);
  const { itemCount, contention, modes, advice } = JSON.parse(stdout).result;
  assertEquals([itemCount, contention, modes[2].rssBytes], [3, null, null]);
  assertEquals([modes[1].verdict, modes[1].reason], ["unclear", "2 rounds are too few, 6 are needed"]);
  assertEquals(advice.mode, null);
});

testEach("compare: what it refuses, and what to do then", async (program) => {
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(program, ["compare", ...args]);
    assertEquals([code, stdout], [2, ""]);
    return stderr;
  };
  assertMatch(await refused(`${jobs}/random.js`), /exports no items.*--items FILE .*--count N .*export const items/);
  assertStringIncludes(await refused(`${jobs}/wrong_items.js`), 'its export "items" is no array');
  assertStringIncludes(await refused(squares, "--items", "-", "--count", "3"), "contradict each other");
  assertStringIncludes(await refused(squares, "--items", "/nosuch"), 'cannot read "/nosuch"');
  assertStringIncludes(await refused(`${jobs}/no_default.js`, "--count", "3"), "has no default export");
});

testEach("compare: outputs that differ are an error, unless they may", async (program) => {
  const args = ["compare", `${jobs}/random.js`, "--count", "3", "--rounds", "1", "--quiet", "--json"];
  const { code, stdout, stderr } = await run(program, args);
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, /the outputs differ: item 1 gave 0\.\d+.* in \w+ \dx\d+ and 0\.\d+.*--outputs=ignore/);
  const ignored = await run(program, [...args, "--outputs=ignore"]);
  assertEquals([ignored.code, JSON.parse(ignored.stdout).result.outputsEqual], [0, null]);
});

testEach("compare: an item that fails ends it", async (program) => {
  const args = ["compare", `${jobs}/fails_on_three.js`, "--count", "5", "--quiet", "--json"];
  const { code, stdout, stderr } = await run(program, args);
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, /item 4 failed in serial: RangeError: three is too many; failures are not compared/);
});

testEach("compare: Ctrl-C ends it with 130, and what whole rounds have shown", async (program) => {
  const args = ["compare", `${jobs}/says_its_first.js`, "--count=50", "--rounds", "1000", "--max-time=1m", "--quiet"];
  const running = spawn(program, args);
  await running.said(/(first\s+){25}/); // once to calibrate, and twice in each of the 5 runs of a round
  running.kill("SIGINT");
  const { code, stdout } = await running.ended();
  assertEquals(code, 130);
  assertMatch(stdout, /\ncompare .* \d+ shuffled rounds? /);
}, Deno.build.os === "windows");

Deno.test("compare: lines of --items", () => {
  const decoder = new TextDecoder();
  const lines = (text: string) => linesOf(new TextEncoder().encode(text)).map((line) => decoder.decode(line));
  assertEquals(lines("1\r\n\n \t\n2\n3"), ["1", "2", "3"]);
  assertEquals(lines("\ufeff{}\n"), ["{}"]);
  assertEquals(lines("\n"), []);
});

Deno.test("compare: the next command of a built-in job takes its own items, or the file that was given", () => {
  const flags = { count: 0, input: "json", timeout: 0, memory: 0, deno: undefined, isolate: "auto" } as const;
  const next = (items?: string) => nextRun("@http", { threads: 1, tasks: 9 }, { ...flags, items }, []);
  assertEquals(next(), "tandem run @http --threads 1 --tasks 9");
  assertEquals(next("items"), "tandem run @http --threads 1 --tasks 9 items");
});

Deno.test("compare: the next command grants what this one did", () => {
  const flags = { items: "my items", count: 0, input: "json", timeout: 2000, memory: 0, deno: undefined } as const;
  const args = ["compare", "job.js", "--allow-net=a.com", "--items", "my items"];
  assertEquals(
    nextRun("job.js", { threads: 2, tasks: 1 }, { ...flags, isolate: "process" }, args),
    "tandem run job.js --threads 2 --tasks 1 --isolate=process --timeout=2000ms --allow-net=a.com < 'my items'",
  );
});
