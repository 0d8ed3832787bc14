import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { call, failingCall } from "../in_process.ts";
import { OutputFile } from "../test_session.ts";
import { numberedLines } from "./killed_run.ts";

const echo = "tests/fixtures/jobs/echo.js";
const slowOrFailing = "tests/fixtures/jobs/slow_or_failing.js";
const encode = (text: string) => new TextEncoder().encode(text);
const gzip = (text: string) => new Uint8Array(gzipSync(text));

/** A header, and rows of numbers, some of them over two lines. */
function numberedRows(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => i % 7 === 0 ? `${i},"a\n"` : `${i},`);
  return ["n,text", ...rows].join("\n");
}

async function run(flags: readonly string[], stdin: string | Uint8Array, files: readonly string[] = []) {
  return await call(["run", echo, "-q", ...flags, ...files], { stdin });
}

/** A folder with files, which is gone afterwards. */
async function withFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  test: (folder: string) => Promise<void>,
) {
  const folder = Deno.makeTempDirSync();
  try {
    for (const [name, content] of Object.entries(files)) {
      Deno.writeFileSync(`${folder}/${name}`, typeof content === "string" ? encode(content) : content);
    }
    await test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const csv = '\ufeffname,"text"\r\nanna,"a ""b""\r\nc"\r\n\r\nbert\r\ncarl,ü\r\nx,y,z\r\n"dora,\r\n';

for (const isolate of ["worker", "process"]) {
  Deno.test(`run --input csv, in a ${isolate}: rows are objects, and malformed ones are error records with their line`, async () => {
    const { code, stdout, stderr } = await run(["--input=csv", `--isolate=${isolate}`, "--tag"], csv);
    assertEquals(stdout.trim().split("\n").map((text) => JSON.parse(text)), [
      { line: 2, value: { name: "anna", text: 'a "b"\r\nc' } },
      { line: 6, value: { name: "carl", text: "ü" } },
    ]);
    const errors = stderr.trim().split("\n").map((text) => JSON.parse(text));
    assertEquals(errors.map(({ line, error: { name, code, message } }) => [line, name, code, message]), [
      [5, "SyntaxError", "not-csv", "not CSV: the row has 1 field, the header has 2"],
      [7, "SyntaxError", "not-csv", "not CSV: the row has 3 fields, the header has 2"],
      [8, "SyntaxError", "not-csv", "not CSV: the quote of field 1 is not closed"],
    ]);
    assertEquals(code, 1);
  });
}

Deno.test("run --input tsv: several files, each with its own header; an error says in which file", async () => {
  await withFiles({ "a.tsv": "a\tb\n1\t2\n", "b.tsv": "c\n3\n4\t5\n" }, async (folder) => {
    const { stdout, stderr } = await run(["--input=tsv"], "", [`${folder}/a.tsv`, `${folder}/b.tsv`]);
    assertEquals(stdout, '{"a":"1","b":"2"}\n{"c":"3"}\n');
    assertEquals(JSON.parse(stderr).at, `${folder}/b.tsv:3`);
  });
});

Deno.test("run --input csv: a byte that is not UTF-8 is counted in the row, and a row too long is an error", async () => {
  const rows = [...encode("name\nab"), 0xff, ...encode(`\n${"x".repeat(30)}\nok\n`)];
  const { stdout, stderr } = await run(["--input=csv", "--max-line=20b"], Uint8Array.from(rows));
  const messages = stderr.trim().split("\n").map((text) => JSON.parse(text)).map((
    { line, error },
  ) => [line, error.message]);
  assertEquals(messages, [
    [2, "not UTF-8: byte 3 of the line"],
    [3, "the item is longer than 20 bytes; raise --max-line"],
  ]);
  assertEquals(stdout, '{"name":"ok"}\n');
});

Deno.test("run --input array: elements are items, with the lines that they begin in", async () => {
  const { code, stdout, stderr } = await run(["--input=array", "--tag"], '[ {"a":\n1}, 2,\n  nul, [3]\n]\n');
  assertEquals(stdout, '{"line":1,"value":{"a":1}}\n{"line":2,"value":2}\n{"line":3,"value":[3]}\n');
  const { line, error } = JSON.parse(stderr);
  assertEquals([line, error.code, code], [3, "not-json", 1]);
});

/** An input that cannot be read to its end, and what is said of it after the items before it. */
const broken: readonly (readonly [flag: string, stdin: string | Uint8Array, stdout: string, said: string])[] = [
  [
    "--input=csv",
    "a,a\n1,2\n",
    "",
    'cannot read stdin: line 1: two columns of the header have the name "a"; rename one',
  ],
  ["--input=csv", "\na,\n", "", "cannot read stdin: line 2: column 2 of the header has no name; give it one"],
  ["--input=csv", '"a', "", "cannot read stdin: line 1: the header is not CSV: the quote of field 1 is not closed"],
  ["--input=array", '{"a":1}', "", "cannot read stdin: line 1: a JSON array is expected, which begins with [, found {"],
  ["--input=array", "", "", "cannot read stdin: line 1: a JSON array is expected, and there is nothing"],
  ["--input=array", "[1]\n[2]", "1\n", "cannot read stdin: line 2: something stands after the end of the array"],
  ["--input=array", "[1,\n[2", "1\n", "line 2: the array has no end: the element that begins in line 2 goes on"],
  [
    "--input=json",
    gzip("1\n2\n").subarray(0, -9),
    "",
    "cannot read all of stdin: its gzip data break off before their end",
  ],
];

for (const [flag, stdin, stdout, said] of broken) {
  Deno.test(`run ${flag}: one sentence: ${said}`, async () => {
    const found = await failingCall(["run", echo, "-q", flag], { stdin });
    assertEquals([found.code, found.stdout.slice(0, stdout.length)], [2, stdout]);
    assertMatch(found.stderr, /^tandem: [^\n]*\n$/);
    assertStringIncludes(found.stderr, said);
  });
}

Deno.test("run: UTF-16 is named whatever the kind of input", async () => {
  const stdin = Uint8Array.of(0xff, 0xfe, 0x5b, 0, 0x31, 0, 0x5d, 0);
  for (const flag of ["--input=csv", "--input=tsv", "--input=array"]) {
    const { code, stderr } = await failingCall(["run", echo, "-q", flag], { stdin });
    assertEquals(code, 2);
    assertStringIncludes(stderr, "it seems to be UTF-16 text");
    const { stderr: unmarked } = await failingCall(["run", echo, "-q", flag], { stdin: stdin.subarray(2) });
    assertStringIncludes(unmarked, "it seems to be UTF-16 text");
  }
});

Deno.test("run: an array over several lines is told the flag that reads it", async () => {
  const { stderr } = await failingCall(["run", echo, "-q"], { stdin: "[\n1,\n2]\n" });
  assertStringIncludes(stderr, "it seems to be one JSON value over several lines");
  assertStringIncludes(stderr, "--input array");
});

Deno.test("run: compressed files and stdin are read as what they hold, also members and what was compressed twice", async () => {
  const twice = new Uint8Array(gzipSync(gzipSync("4\n")));
  const files = {
    "a.gz": Uint8Array.from([...gzip("1\n2"), ...gzip("0\n")]),
    b: "3\n",
    "c.zst": new Uint8Array(zstdCompressSync("5\n")),
  };
  await withFiles(files, async (folder) => {
    const names = [`${folder}/a.gz`, `${folder}/b`, "-", `${folder}/c.zst`];
    assertEquals((await run([], twice, names)).stdout, "1\n20\n3\n4\n5\n");
  });
  assertEquals((await run(["--input=csv"], gzip("a\n1\n"))).stdout, '{"a":"1"}\n');
});

Deno.test("run: a compressed file that breaks off is named, after the items before it", async () => {
  const lines = Array.from({ length: 20_000 }, (_, i) => `${Math.sin(i)}\n`);
  await withFiles({ "a.gz": gzip(lines.join("")).subarray(0, 60_000) }, async (folder) => {
    const { code, stdout, stderr } = await failingCall(["run", echo, "-q", `${folder}/a.gz`]);
    assertEquals([code, stderr], [
      2,
      `tandem: cannot read all of "${folder}/a.gz": its gzip data break off before their end\n`,
    ]);
    assert(stdout.length > 20_000 && lines.join("").startsWith(stdout), `${stdout.length}`);
  });
});

for (const [flag, text] of [["--input=json", numberedLines(400)], ["--input=csv", numberedRows(400)]]) {
  Deno.test(`run --resume ${flag}: goes on in a compressed input, with the lines of what it holds`, async () => {
    const [output, stdin] = [new OutputFile(), gzip(text)];
    await withFiles({}, async (folder) => {
      const go = (use: string) =>
        call(["run", slowOrFailing, flag, "-j1", "--tasks=2", "-q", "--tag", use, `${folder}/j`], { stdin, output });
      await go("--journal");
      const [whole, journal] = [output.text, Deno.readTextFileSync(`${folder}/j`)];
      const lines = journal.split("\n");
      assert(lines.length > 4, journal);
      Deno.writeTextFileSync(`${folder}/j`, `${lines.slice(0, 3).join("\n")}\n`); // with what was done first
      output.text = `${whole}torn`;
      await go("--resume");
      assert(Deno.readTextFileSync(`${folder}/j`).includes('"resume"'));
      assertEquals(output.text, whole);
      const found = whole.trim().split("\n").map((record) => JSON.parse(record));
      const written = text.split("\n");
      assert(found.length > 100 && found.every(({ line, value }) => written[line - 1].includes(`${value.n}`)));
    });
  });
}

Deno.test("run --output csv: rows below the first result's keys", async () => {
  const { code, stdout, stderr } = await run(["--output=csv"], '{"a":1,"b":"x,y"}\n7\n{"b":[1,2]}\n');
  assertEquals([code, stdout], [1, 'a,b\n1,"x,y"\n,"[1,2]"\n']);
  assertEquals(JSON.parse(stderr).line, 2);
  const tagged = await run(["--output=csv", "--tag", "--input=csv"], "a\n\n1\n2\n");
  assertEquals(tagged.stdout, "line,a\n3,1\n4,2\n");
});

Deno.test("run --input csv --output csv: gives back what it read", async () => {
  const text = 'a,b\n1,"x ""y"",\nz"\n,ü\n';
  assertEquals((await run(["--input=csv", "--output=csv"], text)).stdout, text);
});

Deno.test("run --header: names the columns of inputs that have none", async () => {
  const flags = ['--header=a,"b,c"', "--output=csv", "--tag"];
  assertEquals((await run(["--input=tsv", ...flags], "1\t2\n\n3\t\n")).stdout, 'line,a,"b,c"\n1,1,2\n3,3,\n');
  for (const [header, said] of [["a,", "column 2 of the header has no name"], ["a,a", 'have the name "a"']]) {
    const { code, stderr } = await failingCall(["run", echo, "-q", "--input=csv", `--header=${header}`], {
      stdin: "1,2\n",
    });
    assertEquals(code, 2);
    assertMatch(stderr, /^tandem: --header: [^\n]+\n$/);
    assertStringIncludes(stderr, said);
  }
});

const refused: readonly (readonly [flags: readonly string[], said: RegExp])[] = [
  [["--input=csv", "--null"], /^tandem: --null is for lines; leave it out, or leave out --input csv\n$/],
  [["--input=array", "-0"], /leave out --input array/],
  [["--header=a"], /^tandem: --header names the columns of rows; give --input csv or --input tsv too\n$/],
  [["--output=csv", "-0"], /leave out --output csv/],
  [["--output=csv", "--errors=inline"], /^tandem: --errors inline would write JSON between the rows/],
  [["--output=csv", "--journal=j"], /^tandem: a run with --output csv cannot be resumed/],
];

for (const [flags, said] of refused) {
  Deno.test(`run ${flags.join(" ")}: is refused before anything is read`, async () => {
    const { code, stdout, stderr } = await failingCall(["run", echo, ...flags], { stdin: "a\n1\n" });
    assertEquals([code, stdout], [2, ""]);
    assertMatch(stderr, said);
  });
}

Deno.test("run @job --input csv: a built-in job's own items are no rows", async () => {
  const { code, stderr } = await failingCall(["run", "@primes", "--input=csv"]);
  const message = "tandem: @primes has items of its own; name a FILE (- is stdin), or leave out --input csv\n";
  assertEquals([code, stderr], [2, message]);
  const { stdout } = await call(["run", "@noop", "-q", "--input=array", "-"], { stdin: "[1, 2]" });
  assertEquals(stdout.split("\n").length, 3);
});
