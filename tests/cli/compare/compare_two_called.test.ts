import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Document } from "../../../lib/model/document.ts";
import "../../../lib/bench/mode_changes.ts"; // a comparison of two loads it in real time, for which a virtual clock does not wait
import { type FakeJob, fakeMachine } from "../../bench/fake_machine.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

const squares = "tests/fixtures/jobs/squares_of_own_items.js";
const echo = "tests/fixtures/jobs/echo.js";
const items = Array.from({ length: 60 }, (_, i) => i);
const old: FakeJob = { computingMs: 5, items };

/** A machine on which echo.js is the old job. */
function machineOf(now: FakeJob, before = old) {
  return fakeMachine((job) => job.kind === "module" && job.url.endsWith("echo.js") ? before : now);
}

/** Compares the old job with a new one on a machine that is made up. */
function compare(now: FakeJob, args: readonly string[] = [], rest: TestSurroundings = {}) {
  return call(["compare", echo, squares, ...args], { ...machineOf(now), style: { width: 200 }, ...rest });
}

async function documentOf(now: FakeJob, args: readonly string[] = []): Promise<Document<"compare">> {
  return JSON.parse((await compare(now, ["--json", "--quiet", ...args])).stdout);
}

async function refused(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await failingCall(["compare", ...args], machineOf(old));
  assertEquals([code, stdout], [2, ""]);
  return stderr;
}

Deno.test("compare OLD NEW: what will run, how each mode changed, in sentences too, and the next command", async () => {
  const { code, stdout, stderr } = await compare({ computingMs: 5.25, items });
  assertEquals(code, 0);
  assertMatch(stderr, /^Each of 60 items runs 60 times \(12 rounds of 5 runs\), /);
  assertMatch(
    stdout,
    /\ncompare tests\/\S+echo\.js with tests\/\S+squares_of_own_items\.js · 60 items · 12 shuffled rounds · /,
  );
  assertMatch(stdout, /\nserial +1×1 +✘ slower +5\.0\d ms +5\.2\d ms +\+[45]\.\d % +\+[345]\.\d…\+[456]\.\d %\n/);
  assertMatch(stdout, /\nthreads +2×1 +✘ slower +2\.5\d ms +2\.6\d ms /);
  const sentence =
    /\n→ \S+squares_of_own_items\.js is 1\.05× slower than \S+echo\.js in serial 1×1 \(1\.0[45]…1\.0[56]\)\.\n/;
  assertMatch(stdout, sentence);
  assertMatch(stdout, /\nNext: tandem compare \S+echo\.js \S+squares_of_own_items\.js --fail-on slower\n$/);
});

Deno.test("compare OLD NEW --json: the new job in all that one job has, the old one and the changes beside it", async () => {
  const { result, options, comparable } = await documentOf({ computingMs: 5.25, items }, ["--margin=3%"]);
  const { against, changes = [], modes, job, advice } = result;
  assertEquals([job, against?.job, against?.git, against?.margin], [squares, echo, null, 0.03]);
  assert(against !== undefined && comparable.jobSha256 !== against.jobSha256);
  assertEquals(changes.map(({ mode, verdict }) => [mode, verdict]), [["serial", "slower"], ["threads", "slower"]]);
  assertEquals(modes.map(({ samples }) => samples.length), [12, 12]);
  assertEquals(changes.map(({ old: { samples } }) => samples.length), [12, 12]);
  assertEquals([(options as { margin: number }).margin, advice.kind], [0.03, "none"]);
});

Deno.test("compare OLD NEW --fail-on: 1 if it is slower, 4 if it is only unclear", async () => {
  const codes = async (now: FakeJob, ...args: readonly string[]) => (await compare(now, ["--quiet", ...args])).code;
  const both = "--fail-on=slower,unclear";
  const slower = { computingMs: 5.5, items };
  assertEquals([await codes(slower, both), await codes(slower)], [1, 0]);
  assertEquals(await codes(slower, both, "--margin=20%"), 0);
  assertEquals(await codes({ computingMs: 4, items }, both), 0);
  assertEquals(await codes(old, both, "--rounds=2"), 4);
  assertEquals(await codes(old, "--fail-on=slower", "--rounds=2"), 0);
});

Deno.test("compare OLD NEW: where a change is unclear, the next command has the rounds that it takes, and time for them", async () => {
  const { result } = await documentOf(old, ["--rounds=4", "--max-time=20s", "--fail-on=slower"]);
  assertEquals(result.changes?.map(({ verdict }) => verdict), ["unclear", "unclear"]);
  assertEquals(result.next, `tandem compare ${echo} ${squares} --max-time 30s --rounds 12 --fail-on slower`);
  assertEquals((await documentOf(old, ["--fail-on=slower"])).result.next, null);
});

Deno.test("compare OLD NEW: a job with itself is the same, and the text says that it is", async () => {
  const { stdout } = await call(["compare", squares, squares, "--quiet"], { ...machineOf(old), style: { width: 200 } });
  assertStringIncludes(stdout, "\n! both jobs have the same code.\n");
  assertMatch(stdout, /\nserial +1×1 += same /);
  assertMatch(stdout, /\n→ \S+ is as fast as \S+ in threads 2×1, within 2 %\.\n/);
});

Deno.test("compare OLD NEW: modes that are named; a plan only if there is advice", async () => {
  const { result } = await documentOf(old, ["--modes=tasks,both", "--tasks=4"]);
  assertEquals(result.changes?.map(({ mode, threads, tasks }) => [mode, threads, tasks]), [["tasks", 1, 4], [
    "both",
    2,
    2,
  ]]);
  const { stderr } = await compare(old, ["--quiet", "--save-plan=-"]);
  assertEquals(stderr, "! no plan was saved: not all modes were measured (--modes)\n");
});

Deno.test("compare OLD NEW: what it refuses, and what to do then", async () => {
  assertMatch(await refused(["no/such.js", squares]), /no\/such\.js: no such file/);
  assertMatch(await refused([echo, squares, "--grid"]), /--grid is for one job; with two, choose --modes/);
  assertMatch(await refused([echo, squares, "--once"]), /--once is for one job: /);
  assertMatch(
    await refused([echo, squares, "--against=main"]),
    /--against takes the old job from git, so there is one to name/,
  );
  assertMatch(await refused(["@primes", "--against=main"]), /--against main: @primes is built in/);
  assertEquals((await call(["compare", squares, "--margin=2%", "--quiet"], machineOf(old))).code, 0); // the default, as a file may have it
  for (const flag of ["--fail-on=slower", "--margin=5%", "--modes=tasks"]) {
    assertMatch(
      await refused([squares, flag]),
      /^tandem: --[a-z-]+ is for two jobs: tandem compare OLD NEW, or --against/,
    );
  }
});

Deno.test("compare OLD NEW: outputs that differ, and an item that fails, name the job", async () => {
  const other = { computingMs: 5, items, result: (place: number) => place + 1 };
  const { code, stderr } = await failingCall(["compare", echo, squares, "--quiet"], machineOf(other));
  assertEquals(code, 1);
  assertMatch(
    stderr,
    /the outputs differ: item \d+ gave \d+ in \w+ \d×\d of \S+\.js and \d+ in \w+ \d×\d of \S+\.js; /,
  );
  const fails: FakeJob = { computingMs: 5, failure: () => "no" };
  const failed = await failingCall(["compare", echo, squares, "--quiet"], machineOf(old, fails));
  assertMatch(failed.stderr, /failed in serial 1×1 of tests\/fixtures\/jobs\/echo\.js: Error: no; /);
});
