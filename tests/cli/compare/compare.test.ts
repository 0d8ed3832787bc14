import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { nextRun } from "../../../lib/cli/compare/next_run.ts";
import { run, spawn, testEach } from "../programs.ts";

const jobs = `${import.meta.dirname}/../../fixtures/jobs`;
const squares = `${jobs}/squares_of_own_items.js`;

testEach("compare: the module's items in all modes, as a document", async (program) => {
  const args = ["compare", squares, "--rounds=6", "--json", "--tasks=4", "--max-time=10s"];
  const { code, stdout, stderr } = await run(program, args);
  assertEquals(code, 0);
  assertMatch(
    stderr,
    /^Each of 8 items runs \d+ times \(6 rounds of 5 runs(, \d+ times in each)?\), up to \d+ once more/,
  );
  const { schema, command, seed, result } = JSON.parse(stdout);
  assertEquals([schema, command, seed], [1, "compare", 42]);
  const { job, itemCount, outputsEqual, control, contention, modes, phases, advice } = result;
  const { overheadUs, threadsOverheadUs, timerResolutionUs, passes, once, grid } = result;
  assertEquals([job, itemCount, outputsEqual], [squares, 8, true]);
  assertEquals(modes.map(({ mode }: { mode: string }) => mode), ["serial", "tasks", "threads", "both"]);
  for (const { threads, tasks, verdict, interval, p50Ms, p99Ms, rssBytes, samples } of modes) {
    assert(threads >= 1 && tasks >= 1 && p50Ms >= 1 && p99Ms >= p50Ms && rssBytes > 0);
    assertEquals([interval === null, samples.length], [verdict === "baseline", 6]);
    for (const { elapsedMs, startMs, cpuMs, heapBytes, voluntarySwitches, involuntarySwitches } of samples) {
      assert(elapsedMs > 0 && startMs > 0 && cpuMs >= 0 && heapBytes > 0);
      const known = voluntarySwitches !== null; // from Deno 2.9 on
      if (known) assert(voluntarySwitches > 0 && involuntarySwitches >= 0);
    }
  }
  assert(control.ratio > 0 && contention.foreignCores >= 0);
  const { startMs, sendMs, queueMs, receiveMs, transferMs } = phases;
  for (const ms of [startMs, sendMs, queueMs, receiveMs, transferMs]) assert(ms >= 0, JSON.stringify(phases));
  assert(overheadUs > 0 && threadsOverheadUs > 0 && timerResolutionUs > 0);
  assertEquals([passes >= 1, once, grid, Array.isArray(advice.changes)], [true, false, null, true]);
  assert(typeof advice.kind === "string" && typeof advice.reason === "object");
});

testEach("compare: items from a file and from stdin, in processes", async (program) => {
  const args = ["compare", squares, "--items", "-", "--rounds=2", "--isolate=process", "--json", "--quiet"];
  const { code, stdout } = await run(program, args, { input: "1\n\n2\n3\n" });
  assertEquals(code, 0);
  const { itemCount, contention, modes, advice } = JSON.parse(stdout).result;
  assertEquals(itemCount, 3);
  assert(contention.foreignCores >= 0 && modes[2].rssBytes > 50e6); // two processes and ours
  assertEquals([modes[1].verdict, modes[1].reason], ["unclear", { kind: "too-few-rounds", rounds: 2, needed: 6 }]);
  assertEquals(advice.mode, null);
});

testEach("compare: what it refuses, and what to do then", async (program) => {
  const refused = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(program, ["compare", ...args]);
    assertEquals([code, stdout], [2, ""]);
    return stderr;
  };
  assertMatch(await refused(`${jobs}/random.js`), /exports no items.*--items FILE .*--count N .*export const items/);
  assertStringIncludes(await refused(`${jobs}/wrong_items.js`), 'its export "items" is not an array');
  assertStringIncludes(await refused(squares, "--items", "-", "--count", "3"), "contradict each other");
  assertStringIncludes(await refused(squares, "--items", "/nosuch"), 'cannot read "/nosuch"');
  assertStringIncludes(await refused(`${jobs}/no_default.js`, "--count", "3"), "has no default export");
});

testEach("compare: outputs that differ are an error, unless they may", async (program) => {
  const args = ["compare", `${jobs}/random.js`, "--count", "3", "--rounds", "1", "--quiet", "--json"];
  const { code, stdout, stderr } = await run(program, args);
  assertEquals([code, stdout], [1, ""]);
  assertMatch(stderr, /the outputs differ: item 1 gave 0\.\d+.* in \w+ \d[x×]\d+ and 0\.\d+.*--outputs=ignore/);
  const ignored = await run(program, [...args, "--outputs=ignore"]);
  assertEquals([ignored.code, JSON.parse(ignored.stdout).result.outputsEqual], [0, null]);
});

testEach("compare: an item that fails ends it", async (program) => {
  const args = ["compare", `${jobs}/fails_on_three.js`, "--count", "5", "--quiet", "--json"];
  const { code, stdout, stderr } = await run(program, args);
  assertEquals([code, stdout], [1, ""]);
  assertMatch(
    stderr,
    /item 4 failed in serial 1×1: RangeError: three is too many; every item has to succeed to be compared/,
  );
});

testEach("compare: Ctrl-C ends it with 130, and what whole rounds have shown", async (program) => {
  const args = ["compare", `${jobs}/says_its_setup.js`, "--count=50", "--rounds=100", "--max-time=1m", "--quiet"];
  const running = spawn(program, args);
  await running.said(/(setup\s+){9}/); // once to calibrate, once in each of the 7 threads of a round, and the second round has begun
  running.kill("SIGINT");
  const { code, stdout } = await running.ended();
  assertEquals(code, 130);
  assertMatch(stdout, /\ncompare\s[^]*?\s\d+\s+shuffled\s+rounds?\s/);
}, Deno.build.os === "windows");

testEach("compare --once: no item runs twice, and what has not run is named", async (program) => {
  const folder = await Deno.makeTempDir();
  try {
    const [items, seen] = [`${folder}/items`, `${folder}/seen`];
    await Deno.writeTextFile(items, `${Array.from({ length: 500 }, (_, i) => `${i}\n\n`).join("")}`);
    const args = ["compare", `${jobs}/appends.js`, "--items", items, "--once", "--rounds=6", "--max-time=10s"];
    const granted = [...args, `--allow-write=${seen}`, `--allow-env=SEEN`];
    const { code, stdout, stderr } = await run(program, granted, { env: { SEEN: seen } });
    assertEquals([code, stderr.includes("of 500 items run once each: ")], [0, true]);
    const ran = (await Deno.readTextFile(seen)).trimEnd().split("\n").map(Number).toSorted((a, b) => a - b);
    assertEquals(ran, Array.from({ length: ran.length }, (_, i) => i)); // the first ones, each once
    assertMatch(
      stdout,
      new RegExp(`\nThe first ${ran.length} of 500 items have run, once each; the others have not\\.\n`),
    );
    const [, line] = /\nNext: tail -n \+(\d+) /.exec(stdout) ?? [];
    if (line !== undefined) assertEquals(Number(line), 2 * ran.length + 1); // no advice, no next command
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

testEach("compare --max-time: is kept where later items cost far more than the first ones", async (program) => {
  const args = ["compare", `${jobs}/slow_later.js`, "--count=40", "--quiet", "--max-time=2s"];
  const { code, stderr } = await run(program, args);
  assertEquals(code, 2);
  assertMatch(
    stderr,
    /no round is over within 2 s: (the first items take longer than that|each mode has to run once); give more time \(--max-time\)/,
  );
});

for (const flags of [[], [`--count=${Number.MAX_SAFE_INTEGER}`]]) {
  testEach(`compare --max-time: is kept where a job never loads, whatever the items ${flags}`, async (program) => {
    const message = /^tandem: no round is over within 1 s: \S+never_loads.js has not loaded by then /;
    const { code, stderr } = await run(program, ["compare", `${jobs}/never_loads.js`, "--max-time=1s", ...flags]);
    assertEquals(code, 2);
    assertMatch(stderr, message);
  });
}

Deno.test("compare: the next command of a built-in job takes its own items, or the file that was given", () => {
  const next = (items?: string) => nextRun("@http", { threads: 1, tasks: 9 }, items === undefined ? {} : { items });
  assertEquals(next(), "tandem run @http --threads 1 --tasks 9");
  assertEquals(next("items"), "tandem run @http --threads 1 --tasks 9 items");
  const numbers = nextRun("job.js", { threads: 1, tasks: 9 }, { count: 100 });
  assertEquals(numbers, "seq 0 99 | tandem run job.js --threads 1 --tasks 9");
  assertEquals(nextRun("job.js", { threads: 1, tasks: 9 }, { count: 100, input: "lines" }), numbers);
});

Deno.test("compare: the next command can be pasted where names begin with a dash", () => {
  const width = { threads: 2, tasks: 1 };
  assertEquals(nextRun("-x.js", width, { count: 9 }), "seq 0 8 | tandem run --threads 2 --tasks 1 -- -x.js");
  assertEquals(
    nextRun("-x.js", width, { items: "-i", savePlan: "-p" }),
    "tandem run --plan=-p -- -x.js < -i",
  );
  assertEquals(nextRun("@noop", width, { items: "-i" }), "tandem run --threads 2 --tasks 1 -- @noop -i");
});

Deno.test("compare: the next command grants and bounds what this one did", () => {
  const given = { items: "my items", timeout: 2000, allowNet: ["a.com"], rounds: 9, threads: 7 };
  assertEquals(
    nextRun("job.js", { threads: 2, tasks: 1 }, {
      ...given,
      isolate: "process",
      input: "lines",
      memory: 2 ** 20,
      deno: "",
    }),
    "tandem run job.js --threads 2 --tasks 1 --input lines --timeout 2s --memory 1MiB --isolate process --deno" +
      " --allow-net=a.com < 'my items'",
  );
  assertEquals(
    nextRun("job.js", { threads: 2, tasks: 1 }, { ...given, savePlan: "a plan" }),
    "tandem run job.js --plan 'a plan' --timeout 2s --allow-net=a.com < 'my items'",
  );
});

Deno.test("compare: after --once, the next command begins where it ended", () => {
  const next = (rest: typeof second, given: { items?: string; count?: number; null?: boolean; maxLine?: number }) =>
    nextRun("job.js", { threads: 2, tasks: 1 }, given, rest);
  const encoder = new TextEncoder();
  const second = { bytes: encoder.encode("2"), line: 3 };
  assertEquals(next(second, { items: "list" }), "tail -n +3 list | tandem run job.js --threads 2 --tasks 1");
  assertEquals(next(second, {}), "tail -n +3 items.ndjson | tandem run job.js --threads 2 --tasks 1");
  assertEquals(next(second, { items: "-l" }), "tail -n +3 -- -l | tandem run job.js --threads 2 --tasks 1");
  assertEquals(
    next(second, { items: "list", null: true, maxLine: 2 ** 20 }),
    "tail -z -n +3 list | tandem run job.js --threads 2 --tasks 1 --null --max-line 1MiB",
  );
  const seventh = { bytes: encoder.encode("7"), line: 8 };
  assertEquals(next(seventh, { count: 9 }), "seq 7 8 | tandem run job.js --threads 2 --tasks 1");
});
