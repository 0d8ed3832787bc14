import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../../../lib/errors.ts";
import type { JudgedClaim } from "../../../lib/model/claim.ts";
import type { Document } from "../../../lib/model/document.ts";
import { claimsText } from "../../../lib/report/claims_text.ts";
import { theory } from "../../claims/theory.ts";
import { type FakeMachine, fakeMachine } from "../../bench/fake_machine.ts";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

/** The claims that compare modes: they run on a machine that is made up. */
const ofModes = ["tasks-no-parallelism", "threads-parallel", "waiting-needs-tasks", "both-together"];

Deno.test("claims: a row for each verdict, and what to use", async () => {
  const wide = { style: { width: 100 } };
  const { code, stdout, stderr } = await call(["claims", ...ofModes], { ...fakeMachine(theory), ...wide });
  assertEquals([code, stderr], [0, ""]);
  assertStringIncludes(stdout, "\n4 claims · shuffled rounds · seed 42\n\nVERDICT ");
  assertMatch(stdout, /\n✔ holds +threads run in parallel +[\d.]+ ms +[\d.]+ ms +\d\.\d\d× /);
  assertMatch(stdout, /\n4 hold {3}.*\nA\/A controls: cpu 1\.00× .* in 1[0-2] rounds · waiting .* ·\s+mixed\s/);
  assertMatch(
    stdout.replace(/\s+/g, " "),
    /Use tasks for waiting \(.*\), threads for computing \(.*\), both for a mix of the two/,
  );
  assert(stdout.endsWith("\nNext: tandem explain CLAIM · tandem compare your-job.ts\n"));
});

Deno.test("claims: rows are written as claims are settled, and together they are the text of the document", async () => {
  const machine = fakeMachine(theory);
  const writes: [number, number][] = [];
  const onWrite = ({ stdout }: { readonly stdout: string }) => {
    writes.push([machine.clock.now(), stdout.split("\n").filter((line) => /^[✔✘≈–] /.test(line)).length]);
  };
  const { stdout } = await call(["claims", ...ofModes], { ...machine, style: { width: 100 }, onWrite });
  const times = [1, 2, 3, 4].map((rows) => writes.find(([, written]) => written === rows)?.[0] ?? NaN);
  assert(times[0] < times[2] && times[2] < times[3], `${times}`);
  const { stdout: json } = await call(["claims", ...ofModes, "--json"], fakeMachine(theory));
  const rows = (text: string) =>
    text.split("\n").filter((line) => line.startsWith("✔")).map((line) => line.slice(0, 50));
  const text = claimsText(JSON.parse(json), { terminal: false, color: false, width: 100, unicode: true });
  assertEquals(rows(stdout), rows(text));
});

Deno.test("claims --ndjson: a line for each claim, as soon as it is settled, and nothing else", async () => {
  const { stdout } = await call(["claims", ...ofModes, "--ndjson"], fakeMachine(theory));
  const lines = stdout.trimEnd().split("\n").map((line): JudgedClaim => JSON.parse(line));
  assertEquals(lines.map(({ id, verdict }) => [id, verdict]), ofModes.map((id) => [id, "holds"]));
  const { code, stdout: both, stderr } = await failingCall(["claims", "--json", "--ndjson"], fakeMachine(theory));
  assertEquals([code, both, stderr], [2, "", "tandem: --json and --ndjson exclude each other: give one of them\n"]);
});

Deno.test("claims --quick: what it leaves out is a row that says so; --full has the table of all modes", async () => {
  const quick = await call(["claims", ...ofModes, "--quick"], fakeMachine(theory));
  assertMatch(quick.stdout, /\n– skipped {2}for a mix/);
  assertStringIncludes(quick.stdout, "left out by --quick\n");
  const full = await call(["claims", ...ofModes, "--full"], { ...fakeMachine(theory), style: { width: 100 } });
  assertMatch(full.stdout, /\nmixed:\n(?:.+\n)+both +2×16 /);
  const { code, stderr } = await failingCall(["claims", "--quick", "--full"], fakeMachine(theory));
  assertEquals([code, stderr], [2, "tandem: --quick and --full exclude each other: give one of them\n"]);
});

Deno.test("claims: after Ctrl-C what is settled stays, and the end says so", async () => {
  const machine = fakeMachine(theory);
  const stop = new AbortController();
  const onWrite = ({ stdout }: { readonly stdout: string }) => {
    if (stdout.includes("threads run in parallel")) stop.abort(new Error("enough"));
  };
  const { stdout } = await call(["claims", ...ofModes], {
    ...machine,
    style: { width: 100 },
    stop: stop.signal,
    onWrite,
  });
  assertEquals(stdout.split("\n").filter((line) => /^[✔✘≈–] /.test(line)).length, 2);
  assertStringIncludes(stdout, "\n2 hold, 2 skipped ");
  assertStringIncludes(stdout, "  – 2 claims: not measured: it was stopped\n");
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
    (await call(["claims", "threads-parallel", "both-together", "--seed=7", "--json"], fakeMachine(theory))).stdout,
  );
  const { jobSha256, ...same } = all.comparable;
  assertEquals({ ...comparable, jobSha256 }, { jobSha256, ...same });
  assert(comparable.jobSha256 !== jobSha256);
});

Deno.test("claims: too few rounds, and how to get more", async () => {
  const { stdout } = await call(["claims", ...ofModes, "--rounds=2"], fakeMachine(theory));
  assertStringIncludes(stdout, "4 claims: 2 rounds are too few: 8 are needed (--rounds, --max-time)");
  assertStringIncludes(stdout, "\nNo advice: no claim that recommends a mode holds here.\n");
});

Deno.test("claims: one thread or one task would say nothing about threads or tasks", async () => {
  for (const flag of ["--threads", "--tasks"]) {
    await assertRejects(() => call(["claims", flag, "1"]), UsageError, `${flag} 1: expected a whole number from 2 to `);
  }
});

Deno.test("claims --fail-on: the exit code says what has failed, or is unclear", async () => {
  const codes = async (machine: FakeMachine, ...args: string[]) => (await call(["claims", ...args], machine)).code;
  const both = "--fail-on=fails,unclear";
  assertEquals(await codes(fakeMachine(theory), ...ofModes, both), 0);
  const noParallelism = () => fakeMachine(() => ({ computingMs: 3 }), { cores: 1 }); // threads share one core
  assertEquals(await codes(noParallelism(), "threads-parallel"), 0);
  assertEquals(await codes(noParallelism(), "threads-parallel", "--fail-on=fails"), 1);
  assertEquals(await codes(noParallelism(), "threads-parallel", "--fail-on=unclear"), 0);
  const busy = () => fakeMachine(theory, { foreignCores: 0.8 });
  assertEquals(await codes(busy(), ...ofModes, "--fail-on=fails"), 0);
  assertEquals(await codes(busy(), ...ofModes, "--fail-on=fails", "--fail-on=unclear"), 4);
});

Deno.test("claims: exported while rows are shown; its rows as NDJSON are those of --ndjson", async () => {
  await inFolder({}, async (folder) => {
    const rows = `${folder}/rows`;
    const args = ["claims", ...ofModes, "--export-ndjson", rows, "--export-json", `${folder}/f.json`];
    const { stdout } = await call(args, fakeMachine(theory));
    assertMatch(stdout, /\n✔ holds +threads run in parallel/);
    const { result }: Document<"claims"> = JSON.parse(Deno.readTextFileSync(`${folder}/f.json`));
    assertEquals(result.works.map(({ modes }) => modes[0].samples.length > 5), [true, true, true]);
    const lines = await call(["claims", ...ofModes, "--ndjson"], fakeMachine(theory));
    assertEquals(Deno.readTextFileSync(rows), lines.stdout);
  });
});
