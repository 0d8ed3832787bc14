import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { run, spawn, testEach } from "../programs.ts";

const jobs = `${import.meta.dirname}/../../fixtures/jobs`;
const echo = `${jobs}/echo.js`;
const misbehaves = `${jobs}/misbehaves.js`;
const unix = Deno.build.os !== "windows";

testEach("run: a reader of stderr that goes away ends nothing", async (program) => {
  const wrap = (command: readonly string[]) => ["sh", "-c", '{ "$@" 2>&1 >&3 | true; } 3>&1', "sh", ...command];
  const input = "not json\n1\n".repeat(20_000);
  const { stdout } = await run(program, ["run", echo, "-j2"], { input, wrap });
  assertEquals(stdout, "1\n".repeat(20_000));
}, !unix);

testEach(
  "run: an input that cannot be read on: what was read gets its ends, then one message and exit 2",
  async (program) => {
    const wrap = (command: readonly string[]) => ["sh", "-c", '"$@" < /', "sh", ...command]; // opens, cannot be read
    const file = await Deno.makeTempFile();
    try {
      await Deno.writeTextFile(file, "1\n2\nnot json\n");
      const { code, stdout, stderr } = await run(program, ["run", echo, file, "-"], { wrap });
      assertEquals([code, stdout], [2, "1\n2\n"], stderr);
      assertMatch(
        stderr,
        /^\{"line":3,.*\n(?:auto: .*\n)?stopped: 2 ok, 1 failed.*\ntandem: cannot read "stdin": [^\n]+\n$/,
      );
    } finally {
      await Deno.remove(file);
    }
  },
  !unix,
);

testEach("run: --fail-fast stops also where another item of the thread never ends", async (program) => {
  const { code, stderr } = await run(program, ["run", misbehaves, "--input=lines", "--fail-fast", "-j1"], {
    input: "fail\n" + "block\n".repeat(5),
  });
  assertEquals(code, 1);
  assertStringIncludes(stderr, "failed fast: 0 ok, 1 failed");
});

testEach("run: a job cannot clear the output, swallow the input or move the working folder", async (program) => {
  const input = "a\nclear\nchdir\nstdin\nb\n";
  const { code, stdout, stderr } = await run(program, ["run", misbehaves, "--input=lines", "-j1", "-q"], { input });
  assertEquals([code, stdout], [1, '"a"\n"clear"\n"b"\n'], stderr);
  for (const name of ["Deno.chdir", "Deno.stdin"]) assertStringIncludes(stderr, `${name} is not for jobs`);
});

testEach(
  "run: an error that comes after its item's end is a warning that names its line, and nothing else",
  async (program) => {
    const said = Promise.withResolvers<void>();
    async function* lateThenMore() {
      const encoder = new TextEncoder();
      yield encoder.encode("late\n");
      await said.promise;
      yield encoder.encode("a\n");
    }
    const running = spawn(program, ["run", misbehaves, "--input=lines", "-j1"], { input: lateThenMore() });
    await running.said(/^! .*\n/m).finally(said.resolve);
    const { code, stdout, stderr } = await running.ended();
    assertEquals([code, stdout], [0, '"late"\n"a"\n'], stderr);
    // Before 2.9, Deno does not tell whose a rejection is: an older executable cannot name the line.
    const { stdout: version } = await run(program, ["--version", "--json"]);
    const isOld = JSON.parse(version).deno.startsWith("2.6.");
    const named = isOld
      ? /^! an error came when no item [^:]*: Error: too[^\n]*$/m
      : /^! line 1: an error came after its end: Error: too[^\n]*$/m;
    assertMatch(stderr, named);
    assertMatch(stderr, /^done: 2 ok, 0 failed(?!.*replaced).*\n$/m);
  },
);

testEach("run: what ends before its first item leaves no process and no temporary file", async (program) => {
  const folder = await Deno.makeTempDir();
  try {
    const start = { env: { TMPDIR: folder }, input: "1\n" };
    const { code, stderr } = await run(program, ["run", echo, "-j3", "--isolate=process", `${folder}/none`], start);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, "No such file");
    assertEquals((await Array.fromAsync(Deno.readDir(folder))).filter(({ name }) => name.startsWith("tandem_")), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}, !unix);

testEach("run: without a folder for temporary files, processes are an error that says so, exit 2", async (program) => {
  const env = { TMPDIR: "/dev/null/none" };
  const { code, stderr } = await run(program, ["run", echo, "--isolate=process"], { env, input: "1\n" });
  assertEquals(code, 2, stderr);
  assertStringIncludes(stderr, "folder for temporary files");
}, !unix);
