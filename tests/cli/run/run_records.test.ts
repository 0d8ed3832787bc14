import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { call } from "../in_process.ts";

const jobs = "tests/fixtures/jobs";
const [records, echo, countUp] = ["records.js", "echo.js", "count_up.js"].map((name) => `${jobs}/${name}`);

/** Runs a job in real threads. */
const run = (job: string, flags: readonly string[], stdin: string | Uint8Array) =>
  call(["run", job, ...flags], { stdin });

/** Lines in, lines out: what each flag makes of them. */
const cases: readonly {
  readonly name: string;
  readonly job: string;
  readonly flags: readonly string[];
  readonly input: string;
  readonly stdout: string;
  readonly errors?: readonly { readonly line: number; readonly name: string; readonly message: string }[];
}[] = [
  {
    name: "JSON in, JSON out, in order",
    job: echo,
    flags: [],
    input: '1\n"a"\n{"b":[null]}\n',
    stdout: '1\n"a"\n{"b":[null]}\n',
  },
  {
    name: "the last line needs no newline, blank ones do not count",
    job: echo,
    flags: [],
    input: "\n1\n \t\n\n2",
    stdout: "1\n2\n",
  },
  {
    name: "CRLF and a byte order mark",
    job: echo,
    flags: ["--input", "lines"],
    input: "\ufeffa\r\nb\r\n",
    stdout: '"a"\n"b"\n',
  },
  {
    name: "--input lines --output lines",
    job: echo,
    flags: ["--input=lines", "--output=lines"],
    input: "é 1\nb\n",
    stdout: "é 1\nb\n",
  },
  {
    name: "--output lines writes other values as JSON",
    job: echo,
    flags: ["--output", "lines"],
    input: '"a"\n[1]\n',
    stdout: "a\n[1]\n",
  },
  {
    name: "--output lines: a string with a newline is an error",
    job: echo,
    flags: ["--output", "lines"],
    input: '"a\\nb"\n"c"\n',
    stdout: "c\n",
    errors: [{ line: 1, name: "TypeError", message: "--output json" }],
  },
  {
    name: "--null, both ways",
    job: echo,
    flags: ["-0", "--input=lines", "--output=lines"],
    input: "a\nb\0c\0",
    stdout: "a\nb\0c\0",
  },
  {
    name: "--tag",
    job: echo,
    flags: ["--tag"],
    input: "\n5\n6\n",
    stdout: '{"line":2,"value":5}\n{"line":3,"value":6}\n',
  },
  {
    name: "a line that is not JSON says what to use instead",
    job: echo,
    flags: [],
    input: "1\nnot json\n2\n",
    stdout: "1\n2\n",
    errors: [{ line: 2, name: "SyntaxError", message: "--input lines" }],
  },
  {
    name: "--errors=inline: in their place",
    job: records,
    flags: ["--errors=inline"],
    input: '{"value":1,"wait":20}\n{"fail":"no"}\n{"value":3}\n',
    stdout: '1\n{"line":2,"error":{"name":"RangeError","message":"no"}}\n3\n',
  },
  { name: "--limit", job: echo, flags: ["--limit", "2"], input: "1\n\n2\n3\n", stdout: "1\n2\n" },
  {
    name: "--shard takes every n-th line",
    job: echo,
    flags: ["--shard", "1/3", "--tag"],
    input: "1\n2\n3\n4\n5\n",
    stdout: '{"line":2,"value":2}\n{"line":5,"value":5}\n',
  },
  {
    name: "--shard: ctx.index is that of the whole input",
    job: records,
    flags: ["--shard", "1/2"],
    input: '{"index":1}\n\n{"index":1}\n{"index":1}\n{"index":1}\n',
    stdout: "1\n3\n",
  },
  {
    name: "a generator gives any number of records",
    job: countUp,
    flags: [],
    input: "2\n0\n3\n",
    stdout: "0\n1\n0\n1\n2\n",
  },
  {
    name: "--max-line: a longer line is an error, the next ones go on",
    job: echo,
    flags: ["--max-line", "10B"],
    input: '"12345678"\n"123456789"\n1\n',
    stdout: '"12345678"\n1\n',
    errors: [{ line: 2, name: "RangeError", message: "--max-line" }],
  },
  {
    name: "--max-result: a longer result is an error",
    job: records,
    flags: ["--max-result", "100B"],
    input: '{"repeat":200}\n{"repeat":20}\n',
    stdout: `"${"x".repeat(20)}"\n`,
    errors: [{ line: 1, name: "RangeError", message: "--max-result" }],
  },
];

for (const { name, job, flags, input, stdout, errors = [] } of cases) {
  Deno.test(`run: ${name}`, async () => {
    const ended = await run(job, ["--quiet", ...flags], input);
    assertEquals(ended.stdout, stdout);
    const inline = flags.includes("--errors=inline");
    assertEquals(ended.code, errors.length > 0 || inline ? 1 : 0, ended.stderr);
    const found = ended.stderr.split("\n").filter((line) => line !== "");
    assertEquals(found.length, errors.length, ended.stderr);
    for (const [i, { line, name, message }] of errors.entries()) {
      const record = JSON.parse(found[i]) as { line: number; error: { name: string; message: string } };
      assertEquals([record.line, record.error.name], [line, name]);
      assertStringIncludes(record.error.message, message);
    }
  });
}

Deno.test("run: --fail-fast stops at the first failed item", async () => {
  const input = '{"value":1}\n{"fail":"first"}\n' + '{"wait":30,"fail":"later"}\n'.repeat(500);
  const { code, stdout, stderr } = await run(records, ["--fail-fast", "-j1"], input);
  assertEquals([code, stdout], [1, "1\n"]);
  assertEquals(stderr.match(/"error"/g)?.length, 1, stderr);
  assertStringIncludes(stderr, "failed fast: 1 ok, 1 failed (exit 1)");
});

Deno.test("run: --fail-fast writes nothing that comes behind the failed item", async () => {
  const input = "a\n".repeat(100) + "fail\n" + "b\n".repeat(5_000);
  const { code, stdout } = await run(`${jobs}/misbehaves.js`, ["--input=lines", "--fail-fast", "-q"], input);
  assertEquals([code, stdout], [1, '"a"\n'.repeat(100)]);
});

Deno.test("run --null: error records on stderr are lines", async () => {
  const { code, stdout, stderr } = await run(echo, ["-0", "-q"], "1\0x\0");
  assertEquals([code, stdout, stderr.at(-1)], [1, "1\0", "\n"]);
  assertEquals((await run(echo, ["-0", "-q", "--errors=inline"], "x\0")).stdout.at(-1), "\0");
});

Deno.test("run: files one after the other, - is stdin, lines are counted through", async () => {
  const file = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(file, "1\n2");
    const { code, stdout } = await run(echo, [file, "-", file, "--tag", "-q"], "3\n");
    assertEquals(code, 0);
    const lines = stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(lines.map(({ line, value }) => [line, value]), [[1, 1], [2, 2], [3, 3], [4, 1], [5, 2]]);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("run: error records of several files name the file and its own line, besides the line of the whole input", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const [a, b] = [`${folder}/a.txt`, `${folder}/b "2":.txt`];
    await Deno.writeTextFile(a, '1\n{"fail":"a"}');
    await Deno.writeTextFile(b, '\n5\n{"fail":"b"}\nnot JSON\n9007199254740993\n');
    const flags = ["-j2", "--errors=inline", "--retries=1"];
    const { code, stdout, stderr } = await run(records, [a, "-", b, ...flags], '{"fail":"stdin"}\n');
    assertEquals(code, 1);
    const [, inA, inStdin, , inB, notJson] = stdout.trim().split("\n").map((line) => JSON.parse(line));
    assertEquals(inA, { line: 2, at: `${a}:2`, error: { name: "RangeError", message: "a" }, attempts: 2 });
    assertEquals(inStdin.at, "stdin:1");
    assertEquals(inB, { line: 6, at: `${b}:3`, error: { name: "RangeError", message: "b" }, attempts: 2 });
    assertEquals([notJson.line, notJson.at, notJson.error.code], [7, `${b}:4`, "not-json"]);
    assertStringIncludes(stderr, `! 1 item changed when read as JSON, the first in ${b}:5: `);
    const toStderr = await run(records, [b, b, "-q"], "");
    assertEquals(
      toStderr.stderr.split("\n").slice(0, 4).map((line) => JSON.parse(line).at),
      [3, 4, 3, 4].map((n) => `${b}:${n}`),
    );
    assertEquals("at" in JSON.parse((await run(records, [a, "-q"], "")).stderr), false);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("run: --export-json writes the summary, to a file or to stdout", async () => {
  const file = await Deno.makeTempFile();
  try {
    const flags = ["-j2", "--tasks", "3"];
    const input = '{"value":1}\n\n{"fail":"x"}\n';
    const { code, stderr } = await run(records, ["--export-json", file, ...flags], input);
    assertEquals(code, 1);
    assertMatch(stderr, /done: 1 ok, 1 failed \(exit 1\)/);
    const { schema, command, machine, options, result } = JSON.parse(await Deno.readTextFile(file));
    assertEquals([schema, command, typeof machine.cores, options.tasks], [1, "run", "number", 3]);
    const { linesPerSecond, p50Ms, p99Ms, timeline, ...counts } = result;
    assertEquals([linesPerSecond, p50Ms, p99Ms].map((value) => typeof value), Array(3).fill("number"));
    const attempts: { readonly line: number; readonly outcome: string }[] = timeline.attempts;
    assertEquals(attempts.map(({ line, outcome }) => [line, outcome]).toSorted(), [[1, "ok"], [3, "failed"]]);
    assertEquals(counts, {
      how: "done",
      exitCode: 1,
      next: null,
      lines: 3,
      ok: 1,
      failed: 1,
      skipped: 1,
      before: { ok: 0, failed: 0 },
      retried: 0,
      found: null,
      restarts: 0,
      bytesIn: 26,
      bytesOut: 2,
      threads: 2,
      tasks: 3,
      isolate: "worker",
      latency: null,
    });
    const { stdout } = await run(records, ["--export-json=-", ...flags], input);
    assertEquals(stdout.slice(0, 2), "1\n");
    assertEquals(JSON.parse(stdout.slice(2)).result.bytesOut, 2);
  } finally {
    await Deno.remove(file);
  }
});

Deno.test("run: auto sees that an async generator waits", async () => {
  const input = Array.from({ length: 300 }, (_, i) => `${i}\n`).join("");
  const { code, stdout, stderr } = await run(`${jobs}/waiting_generator.js`, [], input);
  assertEquals([code, stdout], [0, input]);
  const [, tasks] = /done: .*?\d×(\d+)/.exec(stderr) ?? [];
  assertEquals(Number(tasks) > 1, true, stderr);
});

Deno.test("run: blank lines are counted in the summary", async () => {
  const { stderr } = await run(echo, [], "\n1\n\v\n2\n\f \n");
  assertMatch(stderr, /^done: 2 ok, 0 failed .* · 3 blank lines\n$/);
  assertMatch((await run(echo, [], "1\n")).stderr, /\/s\n$/);
});

for (const isolate of ["worker", "process"]) {
  Deno.test(`run --isolate=${isolate}: items that JSON.parse changes are counted, with the first line, in one warning`, async () => {
    const input = '1\n\n9007199254740993\n{"a":1,"a":2}\n1e400\n2\n';
    const { stdout, stderr } = await run(echo, ["--quiet", `--isolate=${isolate}`], input);
    assertEquals(stdout, '1\n9007199254740992\n{"a":2}\nnull\n2\n');
    assertMatch(stderr, /^! 3 items changed when read as JSON, the first in line 3: [^\n]*--input lines[^\n]*\n$/);
    const asLines = await run(echo, ["--quiet", `--isolate=${isolate}`, "--input=lines", "--output=lines"], input);
    assertEquals([asLines.stdout, asLines.stderr], [input.replace("\n\n", "\n"), ""]);
  });
}
