import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../../../lib/errors.ts";
import type { Document } from "../../../lib/model/document.ts";
import { theory } from "../../claims/theory.ts";
import { type FakeMachine, fakeMachine } from "../../bench/fake_machine.ts";
import { call } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

Deno.test("claims: all verdicts, all modes, what to use here", async () => {
  const { code, stdout, stderr } = await call(["claims"], fakeMachine(theory));
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, "\n4 claims · 12 shuffled rounds each · seed 42 · A/A control 1.00×");
  assertMatch(stdout, /\n✔ holds +threads run in parallel +serial \d+ ms +threads [\d.]+ ms +\d\.\d\d× /);
  assertMatch(stdout, /\nUse here: cpu: threads 2×1 · waiting: tasks 1×32 · mixed: both 2×16\n$/);
});

Deno.test("claims: progress from the start on, on a terminal only; it makes room for each row", async () => {
  const stderr = await progressOf({ stderrStyle: { terminal: true } });
  const painted = stderr.split("\r\x1b[K");
  assertEquals([painted[0], painted[1], painted.at(-1)], ["", "⠏ starting", ""]);
  assert(
    painted.some((line) => /^[⠏⠹⠼⠧] claim 1\/1 {2}threads run in parallel {2}█*░+ {2}\d+ % {2}ETA \d+ s$/.test(line)),
  );
  assertEquals(await progressOf({}), "");
  assertEquals(await progressOf({ stderrStyle: { terminal: true }, lineColumns: () => undefined }), "");
});

/** What `claims` writes to stderr, where nothing is painted while something is written to stdout. */
async function progressOf(surroundings: TestSurroundings): Promise<string> {
  let shown = "";
  const onWrite = ({ stdout, stderr }: { stdout: string; stderr: string }) => {
    if (stdout !== shown) assert(stderr === "" || stderr.endsWith("\r\x1b[K"), stderr);
    shown = stdout;
  };
  return (await call(["claims", "threads-parallel"], { ...fakeMachine(theory), ...surroundings, onWrite })).stderr;
}

Deno.test("claims CLAIM --json: one of them, with the seed and the flags that were given", async () => {
  const { stdout } = await call(["claims", "threads-parallel", "--seed=7", "--json"], fakeMachine(theory));
  const { seed, result, comparable }: Document<"claims"> = JSON.parse(stdout);
  assertEquals([seed, result.claims.length, result.works.length, result.counts.holds], [7, 1, 1, 1]);
  const all: Document<"claims"> = JSON.parse(
    (await call(["claims", "--seed=7", "--json"], fakeMachine(theory))).stdout,
  );
  const { jobSha256, ...same } = all.comparable;
  assertEquals({ ...comparable, jobSha256 }, { jobSha256, ...same });
  assert(comparable.jobSha256 !== jobSha256);
});

Deno.test("claims: too few rounds, and how to get more", async () => {
  const { stdout } = await call(["claims", "--rounds=2"], fakeMachine(theory));
  assertStringIncludes(stdout, "4 claims: 2 rounds are too few: --rounds 8 or more");
  assert(stdout.endsWith("No advice: 2 rounds are too few: --rounds 6 or more.\n"));
});

Deno.test("claims: one thread or one task would say nothing about threads or tasks", async () => {
  for (const flag of ["--threads", "--tasks"]) {
    await assertRejects(() => call(["claims", flag, "1"]), UsageError, `${flag} 1: expected a whole number from 2 to `);
  }
});

Deno.test("claims --fail-on: the exit code says what has failed, or is unclear", async () => {
  const codes = async (machine: FakeMachine, ...args: string[]) => (await call(["claims", ...args], machine)).code;
  const both = "--fail-on=fails,unclear";
  assertEquals(await codes(fakeMachine(theory), both), 0);
  const noParallelism = () => fakeMachine(() => ({ computingMs: 3 }), { cores: 1 }); // threads share one core
  assertEquals(await codes(noParallelism(), "threads-parallel"), 0);
  assertEquals(await codes(noParallelism(), "threads-parallel", "--fail-on=fails"), 1);
  assertEquals(await codes(noParallelism(), "threads-parallel", "--fail-on=unclear"), 0);
  const busy = () => fakeMachine(theory, { foreignCores: 0.8 });
  assertEquals(await codes(busy(), "--fail-on=fails"), 0);
  assertEquals(await codes(busy(), "--fail-on=fails", "--fail-on=unclear"), 4);
});
