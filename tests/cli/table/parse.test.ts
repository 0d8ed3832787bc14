import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { command } from "../../../lib/cli/table/command.ts";
import { longHelp } from "../../../lib/cli/table/help.ts";
import { count, file, grant, type Options, shard, size, toggle } from "../../../lib/cli/table/option.ts";
import { parseCommand, takesValue } from "../../../lib/cli/table/parse.ts";
import { UsageError } from "../../../lib/errors.ts";

const options = {
  maxLine: size("16MiB", "the longest line"),
  shard: shard("which part of the input"),
  journal: file("where to write the journal"),
  threads: { ...count(1, "threads", 1), short: "j" },
  null: { ...toggle("lines end in NUL"), short: "0" },
  allowNet: grant("which hosts", "HOST"),
} satisfies Options;

const sample = command({
  name: "sample",
  summary: "for this test",
  operands: { usage: "[FILE...]", min: 0, max: 9 },
  examples: [],
  options,
  needs: () => [],
  run: () => Promise.resolve(0),
});

const parse = (line: string) => parseCommand(sample, line.split(" ").filter((arg) => arg !== ""));

/** What the flag means on this command line. */
const read = (flag: keyof typeof options, line: string) => parse(line).values[flag];

/** These command lines are refused with that text. */
function refuses(saying: string, ...lines: readonly string[]): void {
  for (const line of lines) assertThrows(() => parse(line), UsageError, saying);
}

Deno.test("size: bytes, with their unit, at least 1", () => {
  assertEquals(read("maxLine", ""), 16 * 1024 ** 2);
  const sizes = ["1b", "64kB", "1.1MiB"].map((text) => read("maxLine", `--max-line ${text}`));
  assertEquals(sizes, [1, 64_000, 1_153_434]);
  refuses("--max-line 16: expected a size with its unit, like 16MiB; did you mean 16MiB?", "--max-line=16");
  refuses("like 16MiB", "--max-line=big", "--max-line=0", "--max-line=0.1b", "--max-line=9e9GiB", "--max-line=");
});

Deno.test("shard: i/n with i from 0", () => {
  assertEquals(read("shard", ""), undefined);
  assertEquals(read("shard", "--shard 0/4"), { index: 0, count: 4 });
  assertEquals(read("shard", "--shard=10/11"), { index: 10, count: 11 });
  refuses("expected 0/4 to 3/4", "--shard=4/4");
  refuses("like 0/4", "--shard=1", "--shard=0/0", "--shard=-1/4", "--shard=1/4/2", "--shard=a/b", "--shard=0/1e3");
});

Deno.test("file: any path but an empty one", () => {
  assertEquals(read("journal", ""), undefined);
  const paths = ["--journal -", "--journal=a=b", "--journal ./x"].map((line) => read("journal", line));
  assertEquals(paths, ["-", "a=b", "./x"]);
  refuses("expected the path of a file", "--journal=");
  refuses("--journal needs a value: --journal FILE", "--journal", "--journal --null");
});

Deno.test("grant: nothing, everything, or a list", () => {
  assertEquals(read("allowNet", ""), false);
  assertEquals(read("allowNet", "--allow-net"), true);
  assertEquals(read("allowNet", "--allow-net=a.com:80,b.com"), ["a.com:80", "b.com"]);
});

Deno.test("grant: its value is taken with = only", () => {
  const { values, operands } = parse("--allow-net a.com --null");
  assertEquals([values.allowNet, values.null, operands], [true, true, ["a.com"]]);
  assertEquals(takesValue([options], "--allow-net"), false);
  assertEquals(["--journal", "-j"].map((arg) => takesValue([options], arg)), [true, true]);
});

Deno.test("grant: given several times, the lists join; without a list it is everything", () => {
  assertEquals(read("allowNet", "--allow-net=a --null --allow-net=b,c"), ["a", "b", "c"]);
  for (const line of ["--allow-net=a --allow-net", "--allow-net --allow-net=a"]) {
    assertEquals(read("allowNet", line), true);
  }
});

Deno.test("grant: an empty value, or an empty name, is refused and not everything", () => {
  refuses("--allow-net= lacks its value; write --allow-net=HOST,..., or --allow-net alone", "--allow-net=");
  refuses("--allow-net=a,: expected HOST", "--allow-net=a,");
  refuses("expected HOST", "--allow-net=,", "--allow-net=a,,b");
});

Deno.test("help: an optional value is shown as one", () => {
  assertStringIncludes(longHelp(sample, 80), "--allow-net[=HOST,...]  which hosts\n");
  assertStringIncludes(longHelp(sample, 80), "--max-line SIZE         the longest line [default: 16MiB]\n");
});

Deno.test("short flags: a digit as a switch, and a value in three spellings", () => {
  assertEquals(read("null", "-0"), true);
  assertEquals(read("null", "-j2"), false);
  for (const line of ["-j2", "-j 2", "-j=2", "-0 -j2"]) assertEquals(read("threads", line), 2);
  refuses("-0 takes no value", "-0=1", "-01");
  refuses("-j needs a value", "-j -0", "-j");
});

Deno.test("after -- nothing is a flag", () => {
  assertEquals(parse("--null -- --allow-net -0").operands, ["--allow-net", "-0"]);
});
