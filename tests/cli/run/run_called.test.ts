import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { type FakeJob, fakeMachine } from "../../bench/fake_machine.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";

const jobs = "tests/fixtures/jobs";
const echo = `${jobs}/echo.js`;
const lines = (count: number) => "0\n".repeat(count);
const onTerminal = { stderrStyle: { terminal: true } };
const computes: FakeJob = { computingMs: 10 };

/** Runs so many items of a job that is made up, on a machine on which a thread starts in 20 ms. */
function run(args: readonly string[], job: FakeJob, count: number, rest: TestSurroundings = {}) {
  return call(["run", echo, ...args], { ...fakeMachine(job, { noise: 0 }), stdin: lines(count), ...rest });
}

/** What has been painted on a terminal, line by line; what was erased is empty. */
const painted = (stderr: string) => stderr.split("\r\x1b[K");

Deno.test("run: the summary counts, and says how wide, how long and how fast", async () => {
  const { code, stdout, stderr } = await run(["-j1"], computes, 100);
  assertEquals([code, stderr], [0, "done: 100 ok, 0 failed · 1×1 · 1.02 s · 98.0/s\n"]);
  assertEquals(stdout, Array.from({ length: 100 }, (_, i) => `${i}\n`).join(""));
});

Deno.test("run: progress every 200 ms on a terminal, with the time left where the length of the input is known", async () => {
  const { stderr } = await run(["-j1"], computes, 60, onTerminal);
  assertEquals(painted(stderr), [
    "",
    "⠹ 17/60  ██████░░░░░░░░░░░░░░░░░░  28 %  ETA 1 s  85.0/s  1×1  1 in flight",
    "⠼ 37/60  ██████████████░░░░░░░░░░  61 %  ETA 1 s  92.5/s  1×1  1 in flight",
    "⠧ 57/60  ██████████████████████░░  95 %  ETA 1 s  95.0/s  1×1  1 in flight",
    "done: 60 ok, 0 failed · 1×1 · 620 ms · 96.8/s\n",
  ]);
  async function* pipe() {
    yield lines(30);
    yield lines(30);
  }
  assertEquals(
    painted((await run(["-j1"], computes, 60, { ...onTerminal, stdin: pipe() })).stderr)[1],
    "⠹ 17 items  85.0/s  1×1  1 in flight",
  );
});

Deno.test("run: the time left is that of the limit, and of the shard", async () => {
  const first = async (...flags: string[]) =>
    painted((await run(["-j1", ...flags], computes, 100, onTerminal)).stderr)[1];
  assertEquals(await first("--limit=40"), "⠹ 17/40  ██████████░░░░░░░░░░░░░░  42 %  ETA 1 s  85.0/s  1×1  1 in flight");
  assertEquals(
    await first("--shard=1/4"),
    "⠹ 17/25  ████████████████░░░░░░░░  68 %  ETA 1 s  85.0/s  1×1  1 in flight",
  );
});

Deno.test("run: stdin named twice is read once, and counts once", async () => {
  const { stderr } = await run(["-j1", "-", "-"], computes, 60, onTerminal);
  assertEquals(painted(stderr)[1], "⠹ 17/60  ██████░░░░░░░░░░░░░░░░░░  28 %  ETA 1 s  85.0/s  1×1  1 in flight");
});

Deno.test("run: progress while the job loads and while no input comes, where results share the terminal too", async () => {
  for (const style of [{}, { terminal: true }]) {
    const machine = fakeMachine(computes, { noise: 0, startMs: 500 });
    const stdin = (async function* () {
      await machine.clock.wait(900).done;
      yield lines(50);
    })();
    const { stdout, stderr } = await run(["-j1"], computes, 0, { ...onTerminal, ...machine, style, stdin });
    const isShared = style.terminal === true;
    assertEquals(painted(stderr).slice(0, 8), [
      "",
      `⠹ loading ${echo}`,
      `⠼ loading ${echo}`,
      "⠧ waiting for input",
      "⠏ waiting for input",
      "⠹ waiting for input",
      "⠼ waiting for input",
      "⠧ 0 items  0.00/s  1×1  1 in flight",
    ]);
    assertMatch(painted(stderr)[8], isShared ? /^done: 50 ok/ : /^⠏ \d+ items {2}[\d.]+\/s {2}1×1 {2}1 in flight$/);
    assertEquals(stdout.split("\n").length, 51);
  }
});

Deno.test("run: at a terminal as stdin, it says once after 1 s what is awaited, and paints nothing over what is typed", async () => {
  const typing = async (waitMs: number, flags: readonly string[] = [], rest: TestSurroundings = {}) => {
    const machine = fakeMachine(computes, { noise: 0 });
    const stdin = (async function* () {
      for (let i = 0; i < 3; i++) {
        await machine.clock.wait(waitMs).done;
        yield lines(1);
      }
    })();
    return (await run(["-j1", ...flags], computes, 0, { ...onTerminal, ...machine, typed: true, stdin, ...rest }))
      .stderr;
  };
  assertMatch(
    await typing(5_000),
    /^waiting for input from the terminal: a JSON value for each item, one a line;\n {2}Ctrl-D ends it\ndone: 3 ok/,
  );
  assertMatch(
    await typing(5_000, ["--input=lines"]),
    /^waiting for .*: a line of text for each item; [^\n]+\n {2}it\ndone: 3 ok/,
  );
  assertMatch(await typing(900), /^done: 3 ok/);
  assertMatch(await typing(5_000, [], { stderrStyle: { terminal: false } }), /^done: 3 ok/);
  assertEquals(await typing(5_000, ["--quiet"]), "");
});

Deno.test("run: the pause before an attempt doubles up to 60 s, and the progress says how many items wait for one", async () => {
  const fails: FakeJob = { computingMs: 1, failure: () => "no" };
  const { stderr } = await run(["-j1", "--retries=12"], fails, 2);
  assertMatch(stderr, /done: 0 ok, 2 failed \(exit 1\) · 1×1 · 222 s/); // 100 ms * (2 ** 10 - 1) + 2 * 60 s
  const shown = await run(["-j1", "--retries=4"], fails, 2, onTerminal);
  assertEquals(painted(shown.stderr)[4], "⠏ 0/2  0.00/s  waiting to retry 2  1×1");
});

Deno.test("run: no progress behind results that share the terminal, nor with --quiet, which hides the summary too", async () => {
  const shared = await run(["-j1"], computes, 60, { style: { terminal: true } });
  assertEquals(painted(shared.stderr).length, 1);
  const dumb = await run(["-j1"], computes, 60, { ...onTerminal, lineColumns: () => undefined });
  assertEquals(painted(dumb.stderr).length, 1);
  const failing: FakeJob = { ...computes, failure: (place) => place === 3 ? "no" : undefined };
  const { code, stderr } = await run(["--quiet"], failing, 60, onTerminal);
  assertEquals([code, stderr], [1, '{"line":4,"error":{"name":"Error","message":"no"}}\n']);
});

Deno.test("run: an error record erases the progress before it, and an item that runs for long is named", async () => {
  const hangs: FakeJob = { computingMs: 1, waitingMs: (place) => place === 1 ? Infinity : 0 };
  const parts = painted((await run(["-j1", "--timeout=5s"], hangs, 3, onTerminal)).stderr);
  assertEquals(parts.at(15), "⠧ 1/3  ████████░░░░░░░░░░░░░░░░  33 %  ETA 7 s  0.333/s  1×1  1 in flight");
  assertEquals(parts.at(16), "⠏ 1/3  ███░░░░░░░░  33 %  ETA 7 s  0.313/s  1×1  line 2 runs 4 s  1 in flight");
  assertMatch(parts.at(-1) ?? "", /^\{"line":2,.*"code":"timeout"\}\}\ndone: 2 ok, 1 failed \(exit 1\) · /);
});

Deno.test("run: auto says once what it chose and why, and chooses threads for computing, tasks for waiting", async () => {
  const { stderr } = await run([], computes, 300);
  assertMatch(
    stderr,
    /^auto: 2×1: an item takes 10\.0 ms, 10\.0 ms of it computing\ndone: 300 ok, 0 failed · 2×1 · [^\n]+\n$/,
  );
  const waiting = await run([], { computingMs: 0.01, waitingMs: 20 }, 3_000);
  assertMatch(waiting.stderr, /^auto: 1×512: an item takes [^\n]+\ndone: 3,000 ok, 0 failed · 1×512 · [^\n]+\n$/);
});

Deno.test("run: a mode fixes the width, and then nothing is announced", async () => {
  for (const [flags, width] of [["--mode=serial", "1×1"], ["--mode=threads", "2×1"], ["--tasks=8", "2×8"]]) {
    assertMatch(
      (await run([flags], computes, 30)).stderr,
      new RegExp(`^done: 30 ok, 0 failed · ${width} · [^\\n]+\\n$`),
    );
  }
});

Deno.test("run --unordered: each result once, as they come; else a slow item holds up those behind it", async () => {
  const slowFirst: FakeJob = { computingMs: 1, waitingMs: (place) => place === 0 ? 300 : 0 };
  const places = Array.from({ length: 200 }, (_, i) => i);
  const values = async (...flags: string[]) =>
    (await run(["-j2", "--tasks=4", ...flags], slowFirst, 200)).stdout.trim().split("\n").map(Number);
  const unordered = await values("--unordered");
  assertEquals([unordered.at(-1), unordered.toSorted((a, b) => a - b)], [0, places]);
  assertEquals(await values(), places);
});

Deno.test("run --retries: after 100 ms, then after twice as long; how often is in the record and the document", async () => {
  const failing: FakeJob = {
    computingMs: 0,
    failure: (place, attempt) => place === 1 && attempt < 3 ? "twice" : place === 2 ? "always" : undefined,
  };
  const { code, stdout, stderr } = await run(["-j1", "--tasks=4", "--retries=2", "--export-json=-"], failing, 4);
  assertEquals([code, stdout.slice(0, 6)], [1, "0\n1\n3\n"]);
  assertEquals(
    stderr,
    '{"line":3,"error":{"name":"Error","message":"always"},"attempts":3}\n' +
      "done: 3 ok, 1 failed (exit 1) · 1×4 · 320 ms · 12.5/s\n",
  );
  const { ok, failed, retried, linesPerSecond } = JSON.parse(stdout.slice(6)).result;
  assertEquals({ ok, failed, retried, linesPerSecond }, { ok: 3, failed: 1, retried: 4, linesPerSecond: 12.5 });
});

Deno.test("run --timeout: what it writes, and one warning that threads burn; processes do not", async () => {
  const hangs: FakeJob = { computingMs: 1, waitingMs: (place) => place % 2 === 1 ? Infinity : 0 };
  const records = [2, 4].map((line) =>
    `{"line":${line},"error":{"name":"TimeoutError","message":"took longer than 1000 ms","code":"timeout"}}\n`
  );
  const summary = "done: 3 ok, 2 failed (exit 1) · 1×1 · 2.62 s · 1.91/s · 2 threads replaced\n";
  const { code, stdout, stderr } = await run(["-j1", "--timeout=1s"], hangs, 5);
  assertEquals([code, stdout, stderr], [1, "0\n2\n4\n", `${records.join("")}${summary}`]);
  const threads = await run(["-j1", "--timeout=1s", "--isolate=worker"], hangs, 5);
  assertEquals(
    threads.stderr,
    "! a thread that did not end in time keeps its core busy until the run ends; see --isolate\n" +
      `${records.join("")}${summary}`,
  );
});

Deno.test("run --fail-fast: the summary says so, and nothing behind the failed item is written", async () => {
  const failing: FakeJob = { ...computes, failure: (place) => place === 5 ? "no" : undefined };
  const { code, stdout, stderr } = await run(["-j1", "--fail-fast"], failing, 50);
  assertEquals([code, stdout], [1, "0\n1\n2\n3\n4\n"]);
  assertEquals(
    stderr,
    '{"line":6,"error":{"name":"Error","message":"no"}}\n' +
      "failed fast: 5 ok, 1 failed (exit 1) · 1×1 · 80.0 ms · 75.0/s\n",
  );
});

Deno.test("run --max-failures: it ends behind the item that was one too many, and says so", async () => {
  const failing: FakeJob = { ...computes, failure: (place) => place % 10 === 5 ? "no" : undefined };
  const few = await run(["-j1", "-q", "--max-failures=2"], failing, 200);
  assertEquals([few.code, few.stdout.trim().split("\n").length, few.stderr.trim().split("\n").length], [1, 23, 3]);
  const share = await run(["-j1", "--max-failures=9.5%", "--export-json=-"], failing, 200);
  assertMatch(share.stderr, /\ntoo many failures \(--max-failures\): 9\d ok, 10 failed \(exit 1\) · /);
  const document = share.stdout.slice(share.stdout.indexOf("{"));
  const { options, result: { how, ok, failed } } = JSON.parse(document);
  assertEquals([how, options.maxFailures, failed, ok + failed >= 100], [
    "too-many-failures",
    { percent: 9.5 },
    10,
    true,
  ]);
  const enough = await run(["-j1", "--max-failures=11%"], failing, 200);
  assertMatch(enough.stderr, /\ndone: 180 ok, 20 failed/);
});

Deno.test("run --retries: while all fail, retries are at most a fifth of what starts; then all run as often as they may", async () => {
  const attempts: number[] = [];
  const down: FakeJob = { computingMs: 1, failure: (_, attempt) => (attempts.push(attempt), "down") };
  const { stderr } = await run(["-j1", "-q", "--retries=2", "--unordered"], down, 1_000);
  assertEquals([stderr.trim().split("\n").length, attempts.length], [1_000, 3_000]);
  const during = attempts.slice(0, attempts.findLastIndex((attempt) => attempt === 1));
  const again = during.filter((attempt) => attempt > 1).length;
  assert(again > 100 && again <= 10 + 0.2 * during.length, `${again} of ${during.length}`);
});

Deno.test("run: a thread that crashed is replaced, and its item runs again", async () => {
  const { code, stdout, stderr } = await run(["-j1"], { ...computes, crashAfter: 5 }, 50);
  assertEquals([code, stdout.split("\n").length], [0, 51]);
  assertEquals(stderr, "done: 50 ok, 0 failed · 1×1 · 550 ms · 90.9/s · 1 thread replaced\n");
});

Deno.test("run: stopped, it says how far it came; the document leaves the exit code to the signal", async () => {
  const stop = new AbortController();
  const { stdout, stderr } = await run(["-j1", "--export-json=-"], computes, 500, {
    stop: stop.signal,
    onWrite: ({ stdout }) => stdout.includes("\n10\n") && stop.abort(),
  });
  assertMatch(stderr, /^stopped: 1\d ok, 0 failed · 1×1 · 1\d0 ms · [\d.]+\/s\n$/);
  const { how, exitCode, lines } = JSON.parse(stdout.slice(stdout.indexOf("{"))).result;
  assertEquals([how, exitCode], ["stopped", null]);
  assert(lines > 0);
});

Deno.test("run: threads that keep crashing end it, and the message names the place", async () => {
  const job = `${jobs}/nobodys_errors.js`;
  const { code, stderr } = await failingCall(["run", job, "-j1", "--tasks=1"], { stdin: lines(20) });
  assertEquals(code, 5);
  assertMatch(stderr, /^(\{[^\n]+\n)*stopped: 0 ok, \d+ failed \(exit 5\) · [^\n]+ replaced\ntandem: [^\n]+\n$/);
  assertStringIncludes(stderr, "/nobodys_errors.js:4: its threads keep crashing: RangeError: nobody's");
});

/** Flags that are refused before anything runs, and what the message has. */
const refusals: readonly (readonly [line: string, saying: string])[] = [
  [`${echo} --mode serial -j2`, "--threads 2"],
  [`${echo} --mode tasks -j2`, "--threads 2"],
  [`${echo} --mode threads --tasks 4`, "--tasks 4"],
  [`${echo} --shard 3/3`, "3/3"],
  [`${echo} --max-line 5`, "5MiB"],
  [`${echo} --errors=stdout`, "stderr"],
  [`${echo} --allow-net=http://a.b/c`, "URL"],
  [`${echo} --input xml`, "json"],
  [`${echo} --ordered --unordered`, "--ordered and --unordered contradict each other"],
  [`${echo} --isolate=worker --memory=1GiB`, "--memory needs processes; leave out --isolate=worker"],
  [`${echo} --isolate=worker --deno`, "--deno needs processes; leave out --isolate=worker"],
  [`${echo} --journal=a --resume=b`, "--journal and --resume exclude each other"],
  [`${echo} --export-json no/such/file`, "its folder does not exist"],
  [`${echo} ${jobs}/missing.ndjson`, "cannot read"],
  [`${echo} ${jobs}`, "cannot read"],
  [
    "@prims",
    'no built-in job "prims". Did you mean primes? See: tandem jobs; a file of that name is ./@prims',
  ],
  ["primes", "did you mean @primes?"],
  [`${jobs}/echo`, `did you mean ${echo}?`],
  ["https://a.b/c.js", "a URL"],
  [jobs, "a folder"],
];

for (const [line, saying] of refusals) {
  Deno.test(`run ${line}: exit 2 and one line`, async () => {
    const { code, stdout, stderr } = await failingCall(["run", ...line.split(" ")], { stdin: lines(1) });
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /^tandem: [^\n]+\n$/);
    assertStringIncludes(stderr, saying);
  });
}
