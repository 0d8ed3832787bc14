import { assertEquals, assertMatch } from "@std/assert";
import { inFolder } from "../in_folder.ts";
import { call, failingCall } from "../in_process.ts";
import { virtualClock } from "../../virtual_clock.ts";
import type { TestSurroundings } from "../test_session.ts";

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

Deno.test("gather --sparse: the summary does not ask for the lines after the last one", async () => {
  const { stderr } = await gathering(shards, ["@@o.0", "@@o.2", "--sparse"]);
  assertEquals(stderr, "gathered: 4 ok, 0 failed · 2 files\n");
});

Deno.test("gather: a file that is named twice has each line twice", async () => {
  const { code, stdout, stderr } = await gathering(shards, ["@@o.0", "@@o.0", "--sparse"]);
  assertEquals([code, stdout], [1, shards["o.0"]]);
  assertMatch(stderr, /^! 2 lines are there more than once: 1, 4 \(the first in @@o\.0 and @@o\.0\);/);
});

Deno.test("gather: progress on stderr where the records go elsewhere, with room for what else is written there", async () => {
  const painted = async (surroundings: TestSurroundings) => {
    const clock = virtualClock();
    async function* slowly() {
      yield value(1) + value(2);
      await clock.wait(300).done;
      yield value(4);
    }
    const { stderr } = await gathering({}, ["-", "--lines=4"], { clock, stdin: slowly(), ...surroundings });
    return stderr.split("\r\x1b[K").map((line) => line.replace(/; a shard.*$/m, ""));
  };
  const said = "! 1 line is in no file: 3\ngathered: 3 ok, 0 failed · 1 file\n";
  const piped = { stderrStyle: { terminal: true, width: 400 } };
  assertEquals(await painted(piped), ["", "⠹ 2 lines", said]);
  assertEquals(await painted({ ...piped, style: { terminal: true, width: 400 } }), [said]);
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
  const json = await gathering({ a: value(1, '"\u009b"') }, ["@@a", "-q", "--untag"], { style });
  assertEquals(json.stdout, '"\\u009b"\n');
  const record = (message: string) => `{"line":1,"error":{"name":"E","message":"${message}"}}\n`;
  const failed = await gathering({ a: record("\u009b") }, ["@@a", "-q", "--untag", "--output=lines"], { style });
  assertEquals(failed.stdout, record("\\u009b"));
});
