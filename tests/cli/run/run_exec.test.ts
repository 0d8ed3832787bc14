import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { gone } from "../../faults/process.ts";
import { assertEndedBy, run as runProgram, spawn, testEach as testPrograms } from "../programs.ts";
import type { Program, Start } from "../programs.ts";

const noShell = Deno.build.os === "windows";
const linux = Deno.build.os === "linux";
const testEach: typeof testPrograms = (name, test) => testPrograms(`run --exec: ${name}`, test, noShell);

const run = (program: Program, flags: readonly string[], start: Start = {}) =>
  runProgram(program, ["run", "-q", ...flags], start);

/** They are killed before tandem ends; the system may take a moment for it. */
const promisedMs = 100;

/** A command that a shell script is, with the item as $1. */
const script = (text: string) => `sh -c '${text}' sh {}`;

const records = (stderr: string) =>
  stderr.split("\n").filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));

/** The numbers of processes that a script has told on stderr. */
const pidsOf = (stderr: string) => [...stderr.matchAll(/^pid (\d+)$/gm)].map(([, pid]) => Number(pid));

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "tandem exec " });
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

testEach("a command for each line, results in the order of the lines, each in one piece", async (program) => {
  const input = Array.from({ length: 30 }, (_, i) => `${i} $x`).join("\n\n");
  const command = script('printf "%s\\n" "$1"; printf "b\\nc"');
  const { code, stdout, stderr } = await run(program, ["-j4", "--exec", command], { input });
  assertEquals([code, stderr], [0, ""]);
  assertEquals(stdout, Array.from({ length: 30 }, (_, i) => `${i} $x\nb\nc\n`).join(""));
  const { stdout: mixed } = await run(program, ["--unordered", "--exec", command], { input });
  assertEquals(mixed.match(/(\d+) \$x\nb\nc\n/g)?.length, 30);
  assertEquals(mixed.length, stdout.length);
});

testEach("the exit status is the outcome: an error record with the first line of stderr, exit 1", async (program) => {
  const command = script('echo "out $1"; test $1 -ne 2 || { echo no >&2; echo more >&2; exit 7; }');
  const { code, stdout, stderr } = await run(program, ["--exec", command], { input: "1\n2\n3\n" });
  assertEquals([code, stdout], [1, "out 1\nout 3\n"]);
  assertEquals(records(stderr), [{ line: 2, error: { name: "ExitError", message: "exit status 7: no" } }]);
  assertEquals(stderr.split("\n").slice(0, 3), ["no", "more", "out 2"]);
});

testEach("no line of one command's stderr is in a line of another's", async (program) => {
  const command = script("for i in 1 2 3 4 5; do printf a$1 >&2; printf b$1 >&2; echo c$1 >&2; done");
  const { code, stderr } = await run(program, ["-j4", "--exec", command], { input: "1\n2\n3\n4\n5\n6\n" });
  const lines = stderr.trimEnd().split("\n");
  assertEquals([code, lines.length, lines.filter((line) => !/^a(\d)b\1c\1$/.test(line))], [0, 30, []]);
});

testEach("a program that is not there is found out before anything runs", async (program) => {
  const { code, stdout, stderr } = await run(program, ["--exec", "tandem-no-such {}"], { input: "1\n" });
  assertEquals([code, stdout], [2, ""]);
  assertEquals(
    stderr,
    'tandem: --exec: no program "tandem-no-such" on your PATH; what only a shell knows needs --shell\n',
  );
});

testEach("--shell: pipes and variables of a shell, and items that it does not read", async (program) => {
  const flags = ["--shell", "--exec", 'echo "{}" | tr a-z A-Z && echo {#}'];
  const { code, stdout, stderr } = await run(program, flags, { input: "a\n$(echo run)\n'; exit 3\n" });
  assertEquals([code, stdout, stderr], [0, "A\n1\n$(ECHO RUN)\n2\n'; EXIT 3\n3\n", ""]);
});

testEach("items with NUL between may hold newlines; the output has its own lines", async (program) => {
  const { code, stdout } = await run(program, ["-0", "--exec", "printf %s"], { input: "a\nb\0 \0c\0" });
  assertEquals([code, stdout], [0, "a\nb\nc\n"]);
});

testEach("an item that no argument can hold is an error record: not UTF-8, or with a NUL", async (program) => {
  const input = new Uint8Array([0x61, 10, 0xff, 10, 0x62, 0, 0x62, 10, 0x63, 10]);
  const { code, stdout, stderr } = await run(program, ["--exec", "echo"], { input });
  assertEquals([code, stdout], [1, "a\nc\n"]);
  assertEquals(records(stderr).map(({ line, error }) => [line, error.code ?? error.message]), [
    [2, "not-utf8"],
    [3, "the item holds a NUL, which no argument of a program can"],
  ]);
});

testEach("--output json: a record for each item; --tag: its line, and a text", async (program) => {
  const flags = ["--exec", script('printf "\\303\\251$1"')];
  const { stdout } = await run(program, ["--output=json", ...flags], { input: "x\n" });
  assertEquals(stdout, '{"stdout":"éx"}\n');
  assertEquals((await run(program, ["--tag", ...flags], { input: "\nx\n" })).stdout, '{"line":2,"value":"éx"}\n');
});

testEach("--input json: a string is its own argument, another value is one as JSON", async (program) => {
  const flags = ["--input=json", "--exec", "printf %s"];
  const { code, stdout } = await run(program, flags, { input: '"a\\nb"\n{"x":[1]}\n7\n' });
  assertEquals([code, stdout], [0, 'a\nb\n{"x":[1]}\n7\n']);
});

testEach("--timeout ends a command with what it has started", async (program) => {
  const command = script("test $1 = 2 && { sleep 600 & echo pid $! >&2; echo pid $$ >&2; wait; }; echo $1");
  const flags = ["--timeout=400ms", "-j2", "--exec", command];
  const { code, stdout, stderr } = await run(program, flags, { input: "1\n2\n3\n" });
  assertEquals([code, stdout], [1, "1\n3\n"]);
  assertEquals(records(stderr), [{
    line: 2,
    error: { name: "TimeoutError", message: "took longer than 400 ms", code: "timeout" },
  }]);
  assertEquals(pidsOf(stderr).length, 2);
  if (linux) await gone(pidsOf(stderr), promisedMs);
});

for (const [what, trap] of [["", ""], [" that ignores SIGTERM", 'trap "" TERM; ']] as const) {
  testEach(`Ctrl-C ends a command${what} with what it has started, and tandem by the signal`, async (program) => {
    const command = script(`${trap}echo one; sleep 600 & echo pid $! >&2; echo pid $$ >&2; wait; sleep 600`);
    const running = spawn(program, ["run", "-j1", "--exec", command], { input: "1\n2\n" });
    await running.said(/(pid \d+\n){2}/);
    running.kill("SIGINT");
    const ended = await running.ended();
    assertEndedBy("SIGINT", ended, program);
    assertEquals([ended.stdout, pidsOf(ended.stderr).length], ["", 2], "nothing else starts");
    if (linux) await gone(pidsOf(ended.stderr), promisedMs);
  });
}

testEach("--fail-fast ends what runs beside the command that fails", async (program) => {
  await inFolder(async (folder) => {
    const command = script(
      `cd "${folder}"; test $1 = 1 || { sleep 600 & echo pid $! >&2; mkdir up; wait; }; until test -e up; do sleep 0.02; done; exit 5`,
    );
    const { code, stderr } = await run(program, ["--fail-fast", "-j2", "--exec", command], { input: "1\n2\n" });
    assertEquals([code, pidsOf(stderr).length], [1, 1], stderr);
    assertEquals(records(stderr).map(({ error }) => error.message), ["exit status 5"]);
    if (linux) await gone(pidsOf(stderr), promisedMs);
  });
});

testEach("a reader that closes stdout ends the commands, quietly", async (program) => {
  await inFolder(async (folder) => {
    const command = script(
      `cd "${folder}"; test $1 = 1 || { sleep 600 & echo pid $! >&2; wait; }; until test -e go; do sleep 0.02; done; echo 1`,
    );
    const running = spawn(program, ["run", "-q", "-j3", "--exec", command], { input: "1\n2\n3\n" });
    await running.said(/(pid \d+\n){2}/);
    await running.closeStdout();
    await Deno.mkdir(`${folder}/go`);
    const { code, stderr } = await running.ended();
    assertEquals([code, stderr.replaceAll(/pid \d+\n/g, "")], [0, ""]);
    if (linux) await gone(pidsOf(stderr), promisedMs);
  });
});

testEach("--retries", async (program) => {
  await inFolder(async (folder) => {
    const command = script('mkdir "$1" 2>&- && exit 1; echo done');
    const args = ["run", "--retries=1", "-j1", "--exec", command];
    const { code, stdout, stderr } = await runProgram(program, args, { input: `${folder}/a\n${folder}/b\n` });
    assertEquals([code, stdout], [0, "done\ndone\n"], stderr);
    assertMatch(stderr, /^done: 2 ok, 0 failed . 1[×x]1 . /);
  });
});

testEach("--journal and --resume: what is done is not done again, whatever lines it has written", async (program) => {
  await inFolder(async (folder) => {
    const input = "1\n2\n3\n4\n5\n";
    const command = script('test $1 = 3 && exit 1; printf "%s\\n%s" $1 $1');
    const keep = ["-j1", "--exec", command];
    const first = await run(program, ["--journal", `${folder}/j`, "--fail-fast", ...keep], { input });
    assertEquals([first.code, first.stdout], [1, "1\n1\n2\n2\n"], first.stderr);
    const other = await run(program, ["--resume", `${folder}/j`, "-j1", "--fail-fast", "--exec", "echo"], { input });
    assertEquals([other.code, other.stdout], [2, ""]);
    assertStringIncludes(other.stderr, "see --exec");
    const rest = await run(program, ["--resume", `${folder}/j`, "--fail-fast", ...keep], { input });
    assertEquals(rest.stdout, "4\n4\n5\n5\n", rest.stderr);
  });
});

testEach("a result that is too long is an error record, and its command ends", async (program) => {
  const command = script("test $1 = 1 && echo 1 || while :; do echo 0123456789; done");
  const { code, stdout, stderr } = await run(program, ["--max-result=10kB", "--exec", command], { input: "1\n2\n" });
  assertEquals([code, stdout], [1, "1\n"]);
  const [{ line, error }] = records(stderr);
  assertEquals([line, error.code], [2, "result-too-long"]);
});

testEach("a summary as JSON: one thread, and as many commands as were asked for", async (program) => {
  await inFolder(async (folder) => {
    const file = `${folder}/summary.json`;
    const { code } = await run(program, ["-j3", "--export-json", file, "--exec", "true"], { input: "1\n2\n" });
    const { result, options } = JSON.parse(await Deno.readTextFile(file));
    assertEquals([code, result.threads, result.tasks, result.ok, result.bytesOut], [0, 1, 3, 2, 0]);
    assertEquals([options.exec, options.shell, options.input, options.output], ["true", false, "lines", "lines"]);
    assert(result.isolate === "worker");
  });
});
