import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import type { Command } from "../../../lib/cli/table/command.ts";
import { longHelp } from "../../../lib/cli/table/help.ts";
import {
  count,
  file,
  type Option,
  optional,
  type Options,
  repeated,
  shard,
  size,
  toggle,
} from "../../../lib/cli/table/option.ts";
import { loadCommands } from "../../../lib/cli/commands.ts";
import { common } from "../../../lib/cli/table/common_options.ts";
import { grant } from "../../../lib/cli/job/grant_options.ts";
import { callOf, formatArguments, parseCommand, takesValue, valueText } from "../../../lib/cli/table/parse.ts";
import { UsageError } from "../../../lib/errors.ts";

const options = {
  maxLine: size("16MiB", "the longest line"),
  shard: optional(shard("which part of the input")),
  journal: file("where to write the journal"),
  threads: { ...count(1, "threads", 1), short: "j" },
  null: { ...toggle("lines end in NUL"), short: "0" },
  allowNet: grant("which hosts", "HOST"),
  only: repeated(count(1, "lines", 1)),
} satisfies Options;

const sample: Command = {
  name: "sample",
  summary: "for this test",
  operands: { usage: "[FILE...]", min: 0, max: 9 },
  examples: [],
  options,
  needs: () => [],
  run: () => Promise.resolve(0),
};

const parse = (line: string) => parseCommand(sample, line.split(" ").filter((arg) => arg !== ""));

/** What the flag means on this command line: what it gives, or the default. */
async function read(flag: keyof typeof options, line: string): Promise<unknown> {
  const { given } = await parse(line);
  return flag in given ? given[flag] : options[flag].fallback;
}

/** These command lines are refused with that text. */
async function refuses(saying: string, ...lines: readonly string[]): Promise<void> {
  for (const line of lines) await assertRejects(() => parse(line), UsageError, saying);
}

Deno.test("a value that the flag does not take: the flag, what was found, and why not", async () => {
  await refuses("--max-line 16: expected a size with its unit, like 16MiB; did you mean 16MiB?", "--max-line=16");
  await refuses('--journal "": expected the path of a file', "--journal=");
  await refuses("--journal needs a value: --journal FILE", "--journal", "--journal --null", "--journal --null=1");
});

Deno.test("operands that a flag stands for are needed where it is not given", async () => {
  const operands = { usage: "JOB", min: 1, max: 2, unless: "journal" };
  const parse = async (...args: string[]) => (await parseCommand({ ...sample, operands }, args)).operands;
  assertEquals([await parse("job"), await parse("--journal=j"), await parse("--journal=j", "a")], [["job"], [], ["a"]]);
  for (const args of [[], ["--journal=j", "--no-journal"], ["--null"]]) {
    await assertRejects(() => parse(...args), UsageError, "sample needs JOB; see: tandem help sample");
  }
});

Deno.test("a value may have any character, and look like a flag behind =", async () => {
  const paths = await Promise.all(
    ["--journal -", "--journal=a=b", "--journal ./x", "--journal=--null", "--journal -x"].map((line) =>
      read("journal", line)
    ),
  );
  assertEquals(paths, ["-", "a=b", "./x", "--null", "-x"]);
});

Deno.test("grant: nothing, everything, or a list", async () => {
  assertEquals(await read("allowNet", ""), false);
  assertEquals(await read("allowNet", "--allow-net"), true);
  assertEquals(await read("allowNet", "--allow-net=a.com:80,b.com"), ["a.com:80", "b.com"]);
});

Deno.test("grant: its value is taken with = only", async () => {
  const { given, operands } = await parse("--allow-net a.com --null");
  assertEquals([given.allowNet, given.null, operands], [true, true, ["a.com"]]);
});

Deno.test("grant: given several times, the lists join; without a list it is everything", async () => {
  assertEquals(await read("allowNet", "--allow-net=a --null --allow-net=b,c"), ["a", "b", "c"]);
  for (const line of ["--allow-net=a --allow-net", "--allow-net --allow-net=a"]) {
    assertEquals(await read("allowNet", line), true);
  }
});

Deno.test("grant: an empty value, or an empty name, is refused and not everything", async () => {
  await refuses("--allow-net= lacks its value; write --allow-net=HOST,..., or --allow-net alone", "--allow-net=");
  await refuses("--allow-net=a,: expected HOST", "--allow-net=a,");
  await refuses("expected HOST", "--allow-net=,", "--allow-net=a,,b");
});

Deno.test("help: an optional value is shown as one", () => {
  assertStringIncludes(longHelp(sample, 80), "--allow-net[=HOST,...]  which hosts\n");
  assertStringIncludes(longHelp(sample, 80), "--max-line SIZE         the longest line [default: 16MiB]\n");
});

Deno.test("short flags: a digit as a switch, and a value in three spellings", async () => {
  assertEquals(await read("null", "-0"), true);
  assertEquals(await read("null", "-j2"), false);
  for (const line of ["-j2", "-j 2", "-j=2", "-0 -j2"]) assertEquals(await read("threads", line), 2);
  await refuses("-0 takes no value", "-0=1", "-01");
  await refuses("-j needs a value", "-j -0", "-j");
});

Deno.test("given: what the command line says, and nothing else", async () => {
  assertEquals((await parse("")).given, {});
  assertEquals((await parse("--max-line 16MiB -0")).given, { maxLine: 2 ** 24, null: true });
});

Deno.test("--no-FLAG: takes back what stands before it, and is the default", async () => {
  assertEquals((await parse("--no-null --no-shard --no-max-line --no-only")).given, {
    maxLine: 2 ** 24,
    shard: undefined,
    null: false,
    only: [],
  });
  assertEquals((await parse("--only 1 --no-only --only 2 -0 --no-null")).given, { null: false, only: [2] });
  await refuses("--no-null takes no value", "--no-null=1");
  await refuses("--journal needs a value", "--journal --no-null");
});

Deno.test("repeated: the list of all values, each checked", async () => {
  assertEquals(await read("only", ""), []);
  assertEquals(await read("only", "--only 3 --only=1k"), [3, 1000]);
  await refuses("--only 3,0: expected a whole number, 1 or more", "--only 3 --only 0");
});

Deno.test("operands: in their order, between flags and behind --, after which nothing is a flag", async () => {
  const { given, operands } = await parse("a --null b - -- --allow-net -0 --");
  assertEquals(operands, ["a", "b", "-", "--allow-net", "-0", "--"]);
  assertEquals(given, { null: true });
});

Deno.test("operands: as many as the command takes", async () => {
  const command = { ...sample, operands: { usage: "JOB [INPUT]", min: 1, max: 2 } };
  for (const args of [["a"], ["a", "b"]]) assertEquals((await parseCommand(command, args)).operands, args);
  const saying = (args: readonly string[], of: Parameters<typeof parseCommand>[0] = command) =>
    assertRejects(() => parseCommand(of, args), UsageError).then(({ message }) => message);
  assertEquals(await saying([]), "sample needs JOB [INPUT]; see: tandem help sample");
  assertEquals(await saying(["a", "b", "c"]), 'sample: unexpected argument "c". See: tandem help sample');
  const without = { name: "sample", options };
  assertEquals((await parseCommand(without, [])).operands, []);
  assertEquals(await saying(["a"], without), 'sample: unexpected argument "a". See: tandem help sample');
});

Deno.test("operands: --show-config needs none", async () => {
  const command = { name: "sample", options: common, operands: { usage: "JOB", min: 1, max: 1 } };
  assertEquals((await parseCommand(command, ["--show-config"])).given, { showConfig: true });
  await assertRejects(() => parseCommand(command, ["--no-show-config"]), UsageError, "sample needs JOB");
});

Deno.test("a flag that the command does not have: the closest one it has, or its help", async () => {
  await refuses("unknown flag --max-lime for sample. Did you mean --max-line?", "--max-lime=1kB", "--max-lime");
  await refuses("unknown flag --nosuch for sample. See: tandem help sample", "--nosuch");
  await refuses("--export-bencher is for claims, compare and scale; sample has no export.", "--export-bencher=f");
  await refuses("unknown flag -x for sample. See: tandem help sample", "-x", "-x1", "a -x");
  await refuses("unknown flag -m for sample. Did you mean --max-line?", "-max-line", "-max-line=1kB", "-mxa-line");
  await refuses("unknown flag -v for sample. Did you mean --version?", "-v");
  await refuses("unknown flag -\n for sample.", "-\n", "-\n1");
  await refuses("unknown flag -\u{1f600} for sample.", "-\u{1f600}", "-\u{1f600}1");
});

Deno.test("callOf: each flag's value, and which of them only show or save a result", () => {
  const command = { name: "sample", options: { take: count(20, ""), quiet: { ...toggle(""), shownOnly: true } } };
  assertEquals(callOf(command, { given: { take: 3 }, operands: ["a"] }), {
    values: { take: 3, quiet: false },
    call: { given: { take: 3 }, operands: ["a"], shownOnly: ["quiet"] },
  });
});

Deno.test("formatArguments: the first operand, what was given in the order of the table, the other operands", () => {
  assertEquals(formatArguments(options, { only: [3, 4], maxLine: 1024, null: true }, ["a", "b"]), [
    "a",
    "--max-line",
    "1KiB",
    "--null",
    "--only",
    "3",
    "--only",
    "4",
    "b",
  ]);
  assertEquals(formatArguments(options, {}), []);
});

Deno.test("formatArguments: = where a value looks like a flag, is left out or is taken with = only; -- where an operand does", () => {
  const { journal, allowNet } = options;
  const format = (value: string, grants: boolean | readonly string[], ...operands: readonly string[]) =>
    formatArguments({ journal, allowNet }, { journal: value, allowNet: grants }, operands);
  assertEquals(format("-j", ["a", "b"], "x"), ["x", "--journal=-j", "--allow-net=a,b"]);
  assertEquals(format("", true, "a", "-"), ["a", "--journal=", "--allow-net", "-"]);
  assertEquals(format("j", false, "a", "-b"), ["--journal", "j", "--no-allow-net", "--", "a", "-b"]);
});

Deno.test("formatArguments: --no-FLAG where no text means the value", () => {
  assertEquals(formatArguments(options, { shard: undefined, null: false, only: [] }), [
    "--no-shard",
    "--no-null",
    "--no-only",
  ]);
});

Deno.test("valueText: a value as one text; null where there is none", () => {
  const { maxLine, shard, null: none, only, allowNet } = options;
  assertEquals([valueText(maxLine, 1024), valueText(only, [3, 4]), valueText(shard, { index: 0, count: 4 })], [
    "1KiB",
    "3,4",
    "0/4",
  ]);
  assertEquals([true, false].map((value) => valueText(none, value)), ["true", "false"]);
  assertEquals([true, ["a"]].map((value) => valueText(allowNet, value)), ["true", "a"]);
  assertEquals([valueText(shard, undefined), valueText(only, [])], [null, null]);
});

Deno.test("takesValue: whether a flag of any of several commands takes the next argument", () => {
  const tables = [options, common];
  const taking = ["--journal", "-j", "--color", "--max-line", "-undefined", "--null", "-0", "--allow-net", "journal"];
  assertEquals(taking.filter((arg) => takesValue(tables, arg)), ["--journal", "-j", "--color", "--max-line"]);
  assertEquals(takesValue([], "--journal"), false);
});

Deno.test("parseCommand: where -- is an operand, what stands behind it is another command's", async () => {
  const given = { name: "engine", options: { shards: count(0, "shards") } };
  const operands = { usage: "JOB [-- FLAGS]", min: 1, max: 9, keepsDashes: true };
  const args = ["job", "--shards", "2", "--", "--shards=3", "--", "-x"];
  const keeping = await parseCommand({ ...given, operands }, args);
  assertEquals(keeping, { given: { shards: 2 }, operands: ["job", "--", "--shards=3", "--", "-x"] });
  const others = await parseCommand({ ...given, operands: { ...operands, keepsDashes: false } }, args);
  assertEquals(others.operands, ["job", "--shards=3", "--", "-x"]);
});

Deno.test("rows: which flags only show or save a result, and which decide a run's items and output", async () => {
  const rows = (await loadCommands()).flatMap((command) => Object.entries(command.options));
  const having = (fits: (option: Option<unknown>) => boolean | undefined) =>
    [...new Set(rows.filter(([, option]) => fits(option)).map(([key]) => key))].toSorted();
  assertEquals(having(({ shownOnly }) => shownOnly), [
    "color",
    "exportBencher",
    "exportBenchmark",
    "exportBenchmarkBigger",
    "exportCsv",
    "exportHtml",
    "exportHyperfine",
    "exportJson",
    "exportMarkdown",
    "exportNdjson",
    "failOn",
    "format",
    "help",
    "json",
    "log",
    "ndjson",
    "plain",
    "quiet",
    "results",
    "savePlan",
    "showConfig",
    "trace",
    "version",
  ]);
  assertEquals(having(({ decides }) => decides === "items"), ["header", "input", "limit", "null", "shard"]);
  assertEquals(having(({ decides }) => decides === "output"), [
    "errors",
    "exec",
    "maxLine",
    "maxResult",
    "output",
    "shell",
    "tag",
    "unordered",
  ]);
});
