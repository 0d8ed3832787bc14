import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";
import type { TestSurroundings } from "../test_session.ts";
import { run, testEach } from "../programs.ts";

const value = (line: number, text = `${line}`) => `{"line":${line},"value":${text}}\n`;
const error = (line: number) => `{"line":${line},"error":{"name":"E","message":"m"}}\n`;

const shards = { "o.0": value(1) + value(4), "o.1": value(2) + error(5), "o.2": value(3) + value(6) };
const merged = value(1) + value(2) + value(3) + value(4) + error(5) + value(6);

/** Gathers files in a folder, whose name is @@ in arguments; what it said, without that name. */
async function gathering(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
  { refused = false, ...surroundings }: TestSurroundings & { readonly refused?: boolean } = {},
) {
  return await inFolder(files, async (folder) => {
    const line = ["gather", ...args.map((arg) => arg.replace("@@", `${folder}/`))];
    const { stderr, ...called } = await (refused ? failingCall : call)(line, surroundings);
    return { ...called, stderr: stderr.replaceAll(`${folder}/`, "@@") };
  });
}

const all = ["@@o.0", "@@o.1", "@@o.2"];

Deno.test("gather: records in the order of the input, and a summary", async () => {
  assertEquals(await gathering(shards, all), {
    code: 0,
    stdout: merged,
    stderr: "gathered: 5 ok, 1 failed · 3 files · up to line 6; to check for lines after it: --items or --lines\n",
  });
  assertEquals(await gathering(shards, [...all.toReversed(), "--lines=6", "-q"]), {
    code: 0,
    stdout: merged,
    stderr: "",
  });
});

Deno.test("gather --untag: values, and error records as they are", async () => {
  const { stdout } = await gathering(shards, [...all, "--untag"]);
  assertEquals(stdout, `1\n2\n3\n4\n${error(5)}6\n`);
});

Deno.test("gather: stdin is -, once, and what gzip has compressed is decompressed", async () => {
  const { stdout } = await gathering(shards, ["@@o.0", "-", "@@o.2"], { stdin: shards["o.1"] });
  assertEquals(stdout, merged);
  const twice = await gathering(shards, ["-", "@@o.0", "--items=-"], { refused: true });
  assertEquals([twice.code, twice.stderr], [2, "tandem: stdin can be read once: give - once\n"]);
  const gzip = new Response(shards["o.1"]).body!.pipeThrough(new CompressionStream("gzip"));
  const compressed = new Uint8Array(await new Response(gzip).arrayBuffer());
  assertEquals((await gathering(shards, ["@@o.0", "-", "@@o.2"], { stdin: compressed })).stdout, merged);
});

Deno.test("gather: missing, doubled and foreign lines are named, with exit 1", async () => {
  const given = { ...shards, "more": value(4) + value(99) };
  const { code, stdout, stderr } = await gathering(given, ["@@o.0", "@@o.2", "@@more", "--lines=7"]);
  assertEquals([code, stdout], [1, value(1) + value(3) + value(4) + value(6)]);
  const [missing, doubled, foreign, summary] = stderr.split("\n");
  assertMatch(missing, /^! 3 lines are in no file: 2, 5, 7; a shard has not finished, .*--items FILE; .*--sparse$/);
  assertMatch(
    doubled,
    /^! 1 line is there more than once: 4 \(the first in @@o\.0 and @@more\); the first is written; /,
  );
  assertMatch(
    foreign,
    /^! 1 line is not of the input: 99 \(the first in @@more\); they are left out; .* --lines$/,
  );
  assertEquals(summary, "gathered: 4 ok, 0 failed · 3 files");
});

Deno.test("gather --items: blank lines need no record, and the last lines do", async () => {
  const items = "1\n2\n\n4\n\n5\n7\n";
  const given = { items, "a": value(1) + value(4), "b": value(2) + value(6) };
  assertEquals(
    (await gathering(given, ["@@a", "@@b", "--items", "@@items"])).stderr.split(";")[0],
    "! 1 line is in no file: 7",
  );
  const { code, stderr } = await gathering({ ...given, "b": value(2) + value(6) + value(7) }, [
    "@@a",
    "@@b",
    "--items=@@items",
  ]);
  assertEquals([code, stderr], [0, "gathered: 5 ok, 0 failed · 2 files\n"]);
  const blank = await gathering({ ...given, "b": value(2) + value(3) + value(6) + value(7) }, [
    "@@a",
    "@@b",
    "--items=@@items",
  ]);
  assertEquals([blank.code, blank.stderr.split(" (")[0]], [1, "! 1 line is not of the input: 3"]);
});

Deno.test("gather --sparse: lines may be missing, but not be of another input", async () => {
  assertEquals((await gathering(shards, ["@@o.0", "@@o.2", "--sparse", "--lines=9"])).code, 0);
  assertEquals((await gathering(shards, ["@@o.0", "@@o.2", "--sparse", "--lines=5"])).code, 1);
});

Deno.test("gather: many thousands of lines, more than one write", async () => {
  const lines = Array.from({ length: 60_000 }, (_, i) => i + 1);
  const of = (shard: number) => lines.filter((line) => line % 3 === shard).map((line) => value(line)).join("");
  const { code, stdout } = await gathering({ a: of(0), b: of(1), c: of(2) }, ["@@a", "@@b", "@@c", "--lines=60000"]);
  assertEquals(code, 0);
  assertEquals(stdout === lines.map((line) => value(line)).join(""), true);
});

Deno.test("gather: a record larger than what is written at once", async () => {
  const long = value(2, `"${"x".repeat(1_000_000)}"`);
  const { stdout } = await gathering({ a: value(1) + value(3), b: long }, ["@@a", "@@b", "--untag", "--output=lines"]);
  assertEquals(stdout === `1\n${"x".repeat(1_000_000)}\n3\n`, true);
});

const refused: readonly (readonly [name: string, file: string, args: readonly string[], said: RegExp])[] = [
  [
    "an unordered run",
    value(3) + value(2),
    [],
    /@@x, record 2: line 2 comes after line 3, so .*--unordered.*sort -s -t: -k2,2n/,
  ],
  [
    "a file that is cut off",
    value(1) + '{"line":2,"val',
    [],
    /@@x, record 2: the file ends in the middle of it, .*--resume/,
  ],
  [
    "a run without --tag",
    "1\n2\n",
    [],
    /@@x, record 1: expected a record of run --tag, .* found "1"; run the shards with --tag/,
  ],
  ["rows of CSV", "line,a\n1,2\n", [], /found "line,a"; .* not with --output csv/],
  [
    "a text with a newline as a line",
    value(1, '"a\\nb"'),
    ["--untag", "--output=lines"],
    /line 1: its text holds what separates/,
  ],
  [
    "half a character as a line",
    value(1, '"\\ud800"'),
    ["--untag", "--output=lines"],
    /line 1: its text holds half a surrogate/,
  ],
  ["two ways to know the lines", value(1), ["--items=-", "--lines=3"], /--items and --lines exclude each other/],
  ["a file that is not there", value(1), ["@@nosuch"], /@@nosuch/],
  ["more shards than files can be named for", value(1), ["@@x-{shard}", "--shards=1000000000"], /from 1 to 100000/],
  ["a place that is no file", value(1), ["--items=@@nosuch"], /@@nosuch/],
];

for (const [name, file, args, said] of refused) {
  Deno.test(`gather refuses ${name}`, async () => {
    const { code, stderr } = await gathering({ x: file }, ["@@x", ...args], { refused: true });
    assertEquals(code, 2);
    assertMatch(stderr, said);
  });
}

Deno.test("gather: what comes before a file that is refused is written", async () => {
  const { stdout } = await gathering({ a: value(1) + value(3), b: value(2) + "x\n" }, ["@@a", "@@b"], {
    refused: true,
  });
  assertEquals(stdout, value(1) + value(2));
});

Deno.test("gather: on a terminal, records cannot move its cursor", async () => {
  const style = { terminal: true };
  const given = { a: value(1, '"\u009b2J"') };
  assertEquals((await gathering(given, ["@@a", "-q"], { style })).stdout, value(1, '"\\u009b2J"'));
  const { stdout } = await gathering(given, ["@@a", "-q", "--untag", "--output=lines"], { style });
  assertEquals(stdout, "\\u{9b}2J\n");
});

testEach("gather does not write into a file that it reads", async (program) => {
  await inFolder(shards, async (folder) => {
    const wrap = (command: readonly string[]) => ["sh", "-c", '"$@" >> "$0"', `${folder}/o.0`, ...command];
    const { code, stderr } = await run(program, ["gather", `${folder}/o.0`, `${folder}/o.1`], { wrap });
    assertEquals(code, 2);
    assertStringIncludes(stderr, "are the same file");
    assertEquals(Deno.readTextFileSync(`${folder}/o.0`), shards["o.0"]);
  });
});

testEach("gather: more files than may be open at once are refused, with the limit to raise", async (program) => {
  const names = Array.from({ length: 100 }, (_, i) => `o-${String(i).padStart(2, "0")}`);
  await inFolder(Object.fromEntries(names.map((name, i) => [name, value(i + 1)])), async (folder) => {
    const start = { wrap: (command: readonly string[]) => ["sh", "-c", 'ulimit -n 80; exec "$@"', "sh", ...command] };
    const { code, stderr } = await run(program, ["gather", `${folder}/o-{shard}`, "--shards=100"], start);
    assertEquals(code, 2, stderr);
    assertMatch(stderr, /^tandem: cannot read "\S+\/o-\d\d": Too many open files; raise the limit: ulimit -n\n$/);
  });
}, Deno.build.os === "windows");
