import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { OutputsDiffer, TooFewItems, UsageError } from "../../../lib/errors.ts";
import type { Clock } from "../../../lib/clock.ts";
import type { Host } from "../../../lib/exec/host/host.ts";
import type { Document } from "../../../lib/model/document.ts";
import { type FakeJob, fakeMachine } from "../../bench/fake_machine.ts";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

const squares = "tests/fixtures/jobs/squares_of_own_items.js";
const items = Array.from({ length: 60 }, (_, i) => i);
const computes: FakeJob = { computingMs: 5, items };

/** Compares a job on a machine that is made up. */
function compare(args: readonly string[], job = computes, rest: TestSurroundings = {}) {
  return call(["compare", squares, ...args], { ...fakeMachine(job), style: { width: 200 }, ...rest });
}

async function documentOf(args: readonly string[], job?: FakeJob): Promise<Document<"compare">> {
  return JSON.parse((await compare([...args, "--json", "--quiet"], job)).stdout);
}

Deno.test("compare: the module's items, what will run, the table, the advice and the next command", async () => {
  const { code, stdout, stderr } = await compare([]);
  assertEquals(code, 0);
  assertMatch(stderr, /^Each of 60 items runs 60 times \(12 rounds of 5 runs\), up to \d+ once more .*\n$/);
  assertMatch(stdout, /^tandem \S+ · deno \S+ · linux x86_64 · Test CPU, 2 cores · 4\.00 GiB free · seed 42\n\n/);
  assertMatch(stdout, /\ncompare \S+ · 60 items · 12 shuffled rounds · outputs equal \(sha256 /);
  assertMatch(stdout, /\nserial +1×1 +baseline +\d+ +1\.00× /);
  assertMatch(stdout, /\n→ Use threads 2×1: an item computes \(\d+ % of its time\), and it is (1\.9|2\.0)\d× as fast/);
  assertMatch(stdout, /\nNext: tandem run \S+squares_of_own_items\.js --threads 2 --tasks 1 < items\.ndjson\n$/);
});

Deno.test("compare --json: the document has what the text has, and what is comparable", async () => {
  const { command, seed, options, comparable, elapsedMs, result } = await documentOf(["--tasks=8"]);
  assertEquals([command, seed, (options as { tasks: number }).tasks], ["compare", 42, 8]);
  for (const hash of Object.values(comparable)) assertMatch(hash ?? "", /^[0-9a-f]{64}$/);
  assert(elapsedMs > 10_000 && elapsedMs < 30_000, `${elapsedMs}`);
  assertEquals([result.outputsEqual, result.savedPlan, result.advice.mode], [true, null, "threads"]);
  assertStringIncludes(result.next ?? "", "--threads 2");
  const other = await documentOf(["--tasks=4"]);
  const { optionsSha256, ...rest } = comparable;
  const { optionsSha256: otherOptions, ...otherRest } = other.comparable;
  assert(optionsSha256 !== otherOptions);
  assertEquals(rest, otherRest);
});

Deno.test("compare: items from stdin, and from a number", async () => {
  const { stdout } = await compare(["--items", "-", "--rounds=1", "--quiet"], computes, { stdin: "1\n\n2\n3\n" });
  assertStringIncludes(stdout, " · 3 items");
  assertMatch((await compare(["--count=8", "--quiet"])).stdout, /\nNext: seq 0 7 \| tandem run /);
});

Deno.test("compare: what it refuses, and what to do then", async () => {
  const bare = { computingMs: 1 };
  await assertRejects(
    () => compare([], bare),
    UsageError,
    "exports no items, so there is nothing to compare; give --items",
  );
  await assertRejects(() => compare(["--items", "-", "--count", "3"]), UsageError, "contradict each other");
  await assertRejects(() => compare(["--once", "--count=8"]), TooFewItems, "there are 8");
  const clock = { computingMs: 5, items, result: (_: number, tasks: number) => tasks };
  await assertRejects(() => compare([], clock), OutputsDiffer);
  assertStringIncludes((await compare(["--outputs=ignore"], clock)).stdout, "outputs not compared");
});

Deno.test("compare: --max-time also bounds what comes before the rounds, and what took the time is named", async () => {
  const told = async (args: readonly string[], rest: TestSurroundings) =>
    (await failingCall(["compare", squares, ...args], { ...fakeMachine(computes), ...rest })).stderr;
  const over: Clock = { now: () => 3_000, wait: () => ({ done: Promise.resolve(), cancel() {} }) };
  const silent = { [Symbol.asyncIterator]: () => ({ next: () => new Promise<never>(() => {}) }) };
  assertStringIncludes(
    await told(["--items=-", "--max-time=3s"], { stdin: silent, clock: over }),
    "no round is over within 3 s: --items - has not ended by then; give more time (--max-time)",
  );
  const never = fakeMachine(computes, { startMs: 60_000 });
  const notLoaded = `${squares} has not loaded by then (does its top level, or setup, ever end?); give more time`;
  assertStringIncludes(await told(["--max-time=3s"], never), notLoaded);
  assertStringIncludes(await told(["--max-time=3s", "--count=3"], never), notLoaded);
  const slow = await told(["--max-time=10s"], fakeMachine({ computingMs: 2_000, items }));
  assertMatch(
    slow,
    /^tandem: no round is over within 10 s: .* takes at least 33 s; give more time: --max-time \d+s\n$/,
  );
});

Deno.test("compare: advice is saved as a plan; without advice there is none, and why", async () => {
  const { stdout } = await compare(["--save-plan=-", "--quiet"]);
  const [plan] = /\{[^]*?\n\}/.exec(stdout) ?? [];
  const { threads, tasks, cpu, reason } = JSON.parse(plan ?? "");
  assertEquals([threads, tasks, cpu], [2, 1, "Test CPU"]);
  assertEquals([reason.work.kind, reason.wider], ["computing", null]);
  const { stderr } = await compare(["--save-plan=-", "--quiet", "--rounds=1"]);
  assertEquals(stderr, "! no plan was saved: 1 round is too few: 6 are needed (--rounds, --max-time)\n");
});

Deno.test("compare: progress from the start on, before and between runs, on a terminal only", async () => {
  const style = { terminal: true, width: 200 };
  const { stderr } = await compare(["--rounds=2"], computes, { style });
  const painted = stderr.split("\r\x1b[K");
  assertEquals(painted.slice(0, 3), ["", `⠏ loading ${squares}`, "⠏ calibrating"]);
  assertMatch(painted[3], /^Each of 60 items runs 10 times/);
  assertEquals(painted[4], "⠏ round 1/2");
  assertMatch(painted[5], /^[⠏⠹⠼⠧] round 1\/2 {2}██░{22} {2}10 % {2}ETA \d+ s$/);
  assertMatch(painted[13], /^[⠏⠹⠼⠧] round 2\/2 {2}█{21}░░░ {2}90 % {2}ETA \d+ s$/);
  assertEquals([painted.length, painted.at(-1)], [16, ""]);
  const fromStdin = await compare(["--rounds=1", "--items=-"], computes, { style, stdin: "1\n2\n" });
  assertEquals(fromStdin.stderr.split("\r\x1b[K")[1], "⠏ reading items");
  const silent = [{ args: ["--quiet"], style }, { args: [], style: { width: 200 } }];
  for (const { args, style } of silent) {
    const { stderr } = await compare(["--rounds=2", ...args], computes, { style });
    assert(!stderr.includes("\x1b"), stderr);
  }
});

Deno.test("compare: nothing is painted between a thread's start and its end", async () => {
  let running = 0;
  const machine = fakeMachine(computes);
  const host: Host = (...slot) => {
    running++;
    const real = machine.host(...slot);
    return { ...real, terminate: () => (running--, real.terminate()) };
  };
  const seen = new Set<number>();
  const onWrite = ({ stderr }: { stderr: string }) => stderr.endsWith("\r\x1b[K") || seen.add(running);
  await compare(["--rounds=2"], computes, { ...machine, host, onWrite, style: { terminal: true, width: 200 } });
  assertEquals([...seen], [0]);
});

Deno.test("compare: what ends it early leaves no progress on the terminal", async () => {
  const style = { terminal: true };
  const { stderr } = await failingCall(["compare", squares, "--items=no/such"], { ...fakeMachine(computes), style });
  const painted = stderr.split("\r\x1b[K");
  assertEquals(painted.slice(0, 2), ["", "⠏ reading items"]);
  assertMatch(painted[2], /^tandem: [^\n]+\n$/);
});

Deno.test("compare --json: built-in jobs differ by name; the same items are the same, wherever they come from", async () => {
  const comparable = async (args: readonly string[], stdin?: string) => {
    const { stdout } = await call(["compare", ...args, "--json", "--quiet"], { ...fakeMachine(computes), stdin });
    return (JSON.parse(stdout) as Document<"compare">).comparable;
  };
  const counted = await comparable(["@primes", "--count=3"]);
  assertEquals(await comparable(["@primes", "--items=-"], "0\n1\n2\n"), counted);
  const { jobSha256, ...rest } = await comparable(["@sleep", "--count=3"]);
  assertEquals({ jobSha256, ...rest }, { ...counted, jobSha256 });
  assert(jobSha256 !== counted.jobSha256);
});

Deno.test("compare --once: if all items have run, there is no next command", async () => {
  const once = async (count: number) =>
    (await documentOf(["--once", "--rounds=6", `--count=${count}`], { computingMs: 5 })).result;
  const all = await once(405);
  assertEquals([all.itemsUsed, all.advice.kind, all.next], [405, "use", null]);
  const some = await once(407);
  assertEquals(some.itemsUsed, 405);
  assertMatch(some.next ?? "", /^seq 405 406 \| tandem run /);
});

Deno.test("compare: its exports hold the very document that --json prints, with the plan that --save-plan writes", async () => {
  await inFolder({}, async (folder) => {
    const [file, csv, plan] = ["f.json", "f.csv", "plan.json"].map((name) => `${folder}/${name}`);
    const args = ["--quiet", "--json", "--export-json", file, "--export-csv", csv, "--save-plan", plan];
    const { stdout } = await compare(args);
    assertEquals(Deno.readTextFileSync(file), stdout);
    const { result }: Document<"compare"> = JSON.parse(stdout);
    assertEquals(result.plan, JSON.parse(Deno.readTextFileSync(plan)));
    assertEquals(result.modes.map(({ samples }) => samples.filter(({ round }) => round > 0).length), [12, 12, 12, 12]);
    assertMatch(Deno.readTextFileSync(csv), /^startedAt,job,part,mode,.*\r\n(.*\r\n){4}$/);
  });
});

Deno.test("compare: an export to stdout takes the place of the text, and is not one of its files", async () => {
  const { stdout } = await compare(["--quiet", "--export-markdown", "-"]);
  assert(stdout.startsWith("### tandem compare `tests/fixtures/jobs/squares_of_own_items.js`\n"), stdout);
  await inFolder({ items: "1\n2\n3\n" }, async (folder) => {
    const args = ["--items", `${folder}/items`, "--export-json", `${folder}/items`];
    await assertRejects(() => compare(args), UsageError, "are the same file; give one of them another file");
    assertEquals(Deno.readTextFileSync(`${folder}/items`), "1\n2\n3\n");
  });
});
