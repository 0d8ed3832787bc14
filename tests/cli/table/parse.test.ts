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
import { grant } from "../../../lib/cli/job/grant_options.ts";
import { parseCommand, takesValue } from "../../../lib/cli/table/parse.ts";
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

Deno.test("size: bytes, with their unit, at least 1", async () => {
  assertEquals(await read("maxLine", ""), 16 * 1024 ** 2);
  const sizes = await Promise.all(["1b", "64kB", "1.1MiB"].map((text) => read("maxLine", `--max-line ${text}`)));
  assertEquals(sizes, [1, 64_000, 1_153_434]);
  await refuses("--max-line 16: expected a size with its unit, like 16MiB; did you mean 16MiB?", "--max-line=16");
  await refuses("like 16MiB", "--max-line=big", "--max-line=0", "--max-line=0.1b", "--max-line=9e9GiB", "--max-line=");
});

Deno.test("shard: i/n with i from 0", async () => {
  assertEquals(await read("shard", ""), undefined);
  assertEquals(await read("shard", "--shard 0/4"), { index: 0, count: 4 });
  assertEquals(await read("shard", "--shard=10/11"), { index: 10, count: 11 });
  await refuses("expected 0/4 to 3/4", "--shard=4/4");
  await refuses(
    "like 0/4",
    "--shard=1",
    "--shard=0/0",
    "--shard=-1/4",
    "--shard=1/4/2",
    "--shard=a/b",
    "--shard=0/1e3",
  );
});

Deno.test("file: any path but an empty one", async () => {
  assertEquals(await read("journal", ""), undefined);
  const paths = await Promise.all(
    ["--journal -", "--journal=a=b", "--journal ./x"].map((line) => read("journal", line)),
  );
  assertEquals(paths, ["-", "a=b", "./x"]);
  await refuses("expected the path of a file", "--journal=");
  await refuses("--journal needs a value: --journal FILE", "--journal", "--journal --null");
});

Deno.test("grant: nothing, everything, or a list", async () => {
  assertEquals(await read("allowNet", ""), false);
  assertEquals(await read("allowNet", "--allow-net"), true);
  assertEquals(await read("allowNet", "--allow-net=a.com:80,b.com"), ["a.com:80", "b.com"]);
});

Deno.test("grant: its value is taken with = only", async () => {
  const { given, operands } = await parse("--allow-net a.com --null");
  assertEquals([given.allowNet, given.null, operands], [true, true, ["a.com"]]);
  assertEquals(takesValue([options], "--allow-net"), false);
  assertEquals(["--journal", "-j"].map((arg) => takesValue([options], arg)), [true, true]);
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

Deno.test("after -- nothing is a flag", async () => {
  assertEquals((await parse("--null -- --allow-net -0")).operands, ["--allow-net", "-0"]);
});

Deno.test("rows: which flags only show or save a result, and which decide a run's items and output", async () => {
  const rows = (await loadCommands()).flatMap((command) => Object.entries(command.options));
  const having = (fits: (option: Option<unknown>) => boolean | undefined) =>
    [...new Set(rows.filter(([, option]) => fits(option)).map(([key]) => key))].toSorted();
  assertEquals(having(({ shownOnly }) => shownOnly), [
    "color",
    "exportJson",
    "failOn",
    "help",
    "json",
    "ndjson",
    "plain",
    "quiet",
    "savePlan",
    "showConfig",
    "version",
  ]);
  assertEquals(having(({ decides }) => decides === "items"), ["limit", "null", "shard"]);
  assertEquals(having(({ decides }) => decides === "output"), [
    "errors",
    "input",
    "maxLine",
    "maxResult",
    "output",
    "tag",
    "unordered",
  ]);
});
