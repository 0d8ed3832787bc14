import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { failingCall } from "../in_process.ts";
import { run, testEach } from "../programs.ts";

const squares = "tests/fixtures/jobs/squares_of_own_items.js";
const echo = "tests/fixtures/jobs/echo.js";
const runtimeJob = "tests/fixtures/jobs/runtime_and_item.js";
const grants = ["--allow-net", "--allow-sys"]; // which Node cannot deny
const short = ["--modes=serial", "--rounds=2", "--max-time=50s", "--quiet"];

/** A Node at another path than that of the PATH. */
async function withNode(use: (path: string) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  try {
    const { stdout } = await new Deno.Command("sh", { args: ["-c", "command -v node"] }).output();
    Deno.symlinkSync(new TextDecoder().decode(stdout).trim(), `${folder}/node`);
    await use(`${folder}/node`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

testEach("compare --runtimes: both run the job, and the document has what they said that they are", async (program) => {
  const { code, stdout, stderr } = await run(program, [
    "compare",
    squares,
    "--runtimes=deno,node",
    ...grants,
    ...short,
    "--json",
  ]);
  assertEquals([code, stderr], [0, ""]);
  const { result, options, comparable } = JSON.parse(stdout);
  const { against: { runtimes, ...against }, changes, modes } = result;
  const { old, now } = runtimes;
  assertEquals(old, { name: "deno", version: old.version, program: "deno" });
  assertEquals(now, { name: "node", version: now.version, program: "node" });
  for (const { version } of [old, now]) assertMatch(version, /^\d+\.\d+\.\d+$/); // an executable may have another Deno
  assertEquals(against, { job: squares, jobSha256: comparable.jobSha256, git: null, margin: 0.02 });
  assertEquals([result.job, result.outputsEqual, options.runtimes, options.isolate], [
    squares,
    true,
    ["deno", "node"],
    "auto",
  ]);
  assertEquals(changes.map(({ mode, old }: typeof changes[0]) => [mode, old.samples.length]), [["serial", 2]]);
  assertEquals(modes[0].samples.length, 2);
  assertStringIncludes(result.next, "--runtimes deno,node");
});

testEach("compare --runtimes: exports and the trace have each mode in each runtime", async (program) => {
  const folder = Deno.makeTempDirSync();
  try {
    const trace = `${folder}/trace.json`;
    const args = [
      "compare",
      squares,
      "--runtimes=deno,node",
      ...grants,
      ...short,
      "--export-csv=-",
      `--trace=${trace}`,
    ];
    const { code, stdout } = await run(program, args);
    assertEquals(code, 0);
    const [header, ...rows] = stdout.trimEnd().split("\r\n").map((line) => line.split(","));
    const cells = rows.map((row) => ["mode", "runtime"].map((name) => row[header.indexOf(name)]).join(" in "));
    assertEquals(cells, ["serial in deno", "serial in node"]);
    const events: readonly { name: string; args: { name: string } }[] = JSON.parse(Deno.readTextFileSync(trace));
    const threads = events.filter(({ name }) => name === "process_name").map(({ args: { name } }) => name).slice(1);
    assertEquals(threads, ["deno", "node"].map((name) => `serial 1×1 of ${squares} in ${name}, thread 0`));
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

testEach("compare --runtimes: the text names both, and ends in what to use", async (program) => {
  await withNode(async (path) => {
    const { code, stdout } = await run(program, [
      "compare",
      squares,
      `--runtimes=node=${path},node`,
      ...grants,
      ...short,
    ]);
    assertEquals(code, 0);
    const text = stdout.replace(/\n +/g, " ");
    assertStringIncludes(text.replace(/\s+/g, " "), `(${path}) and Node `);
    assertMatch(text, /\nMODE +N×K +VERDICT +FIRST +SECOND +CHANGE /);
    assertMatch(
      text.replace(/\s+/g, " "),
      / → No difference between Node [^ ]+ \(.+\) and Node [^ ]+ \(node\) is shown/,
    );
  });
});

testEach("compare --runtimes: outputs are compared, and the runtime is named", async (program) => {
  const { code, stderr } = await run(program, [
    "compare",
    runtimeJob,
    "--count=4",
    "--runtimes=deno,node",
    ...grants,
    ...short,
  ]);
  assertEquals(code, 1);
  assertMatch(
    stderr,
    /the outputs differ: item \d+ gave .* of \S+\.js in (?:deno|node) .* of \S+\.js in (?:deno|node); /,
  );
});

testEach("compare --runtime node: all modes are measured in Node", async (program) => {
  const args = [
    "compare",
    runtimeJob,
    "--count=8",
    "--runtime=node",
    "--rounds=1",
    "--max-time=50s",
    "--json",
    "--quiet",
  ];
  const { code, stdout, stderr } = await run(program, [...args, ...grants]);
  assertEquals([code, stderr], [0, ""]);
  const { result, options } = JSON.parse(stdout);
  assertEquals(result.modes.map(({ mode }: { readonly mode: string }) => mode), ["serial", "tasks", "threads", "both"]);
  assertEquals([options.runtime, result.against, result.outputsEqual], ["node", undefined, true]);
  // the digest is that of what Node has given
  const other = JSON.parse(
    (await run(program, ["compare", runtimeJob, ...args.slice(2).filter((arg) => !/runtime/.test(arg))])).stdout,
  );
  assert(result.digest !== other.result.digest);
});

testEach("compare --runtime, --runtimes: what Node cannot deny has to be granted", async (program) => {
  for (const flag of ["--runtime=node", "--runtimes=deno,node"]) {
    const { code, stdout, stderr } = await run(program, ["compare", squares, flag, "--quiet"]);
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, /node \S+ cannot deny a job these permissions: net, sys; /);
  }
});

async function refused(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await failingCall(["compare", ...args]);
  assertEquals([code, stdout], [2, ""]);
  return stderr;
}

Deno.test("compare --runtimes: flags that say something else are refused", async () => {
  const both = "--runtimes=deno,node";
  const pairs: readonly (readonly [args: readonly string[], said: string])[] = [
    [
      [echo, squares, both],
      "--runtimes compares a job with itself, so there is one to name: tandem compare JOB --runtimes",
    ],
    [
      [echo, both, "--against=main"],
      "--against compares two jobs, and --runtimes two runtimes of one job; leave out one",
    ],
    [[echo, both, "--runtime=deno"], "--runtimes names both runtimes; leave out --runtime"],
    [[echo, both, "--runtime=node"], "--runtimes names both runtimes; leave out --runtime"],
    [[echo, both, "--isolate=worker"], "--runtimes needs processes; leave out --isolate=worker"],
    [
      [echo, "--runtimes=node,bun", "--deno"],
      "--deno names a Deno, and --runtimes node,bun has none; leave out --deno",
    ],
    [[echo, both, "--grid"], "--grid is for one runtime; with two, choose --modes, --threads and --tasks"],
    [[echo, both, "--once"], "--once is for one runtime: two are compared over the same items, which run in both"],
    [[echo, "--modes=tasks"], "or for two runtimes: --runtimes deno,node"],
  ];
  for (const [args, said] of pairs) assertStringIncludes(await refused(...args), said, `${args}`);
  for (const all of ["deno", "deno,deno", "node=/a,node=/a", "deno,node,bun", "deno,node,deno"]) {
    const said = `--runtimes ${all}: expected two different runtimes, like deno,node`;
    assertStringIncludes(await refused(echo, `--runtimes=${all}`), said);
  }
});
