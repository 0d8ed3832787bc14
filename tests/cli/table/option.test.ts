import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  choice,
  count,
  duration,
  file,
  flagName,
  group,
  isRefusal,
  often,
  type Option,
  optional,
  repeated,
  shard,
  size,
  toggle,
} from "../../../lib/cli/table/option.ts";

/** What an option makes of each text: its value, or why it is none. */
function readEach<T>(option: Option<T>, texts: readonly string[]): unknown[] {
  return texts.map((text) => {
    const value = option.read([text]);
    return isRefusal(value) ? value.refused : value;
  });
}

/** What an option refuses, and how it says so. */
function refuses<T>(option: Option<T>, said: string, texts: readonly string[]): void {
  assertEquals(readEach(option, texts), texts.map(() => said));
}

Deno.test("isRefusal: what says why it is no value", () => {
  assertEquals([{ refused: "" }, {}, [], "refused", 0, null, undefined].map(isRefusal), [
    true,
    false,
    false,
    false,
    false,
    false,
    false,
  ]);
});

Deno.test("an option that takes a value: the last one counts", () => {
  assertEquals(count(1, "").read(["3", "4"]), 4);
  assertEquals(choice(["a", "b"], "a", "").read(["b", "a"]), "a");
});

Deno.test("count: whole numbers, its bounds among them", () => {
  assertEquals(readEach(count(20, ""), ["0", "10k", "1e6"]), [0, 10_000, 1_000_000]);
  assertEquals(readEach(count(5, "", 2), ["2", "9007199254740991"]), [2, Number.MAX_SAFE_INTEGER]);
  assertEquals(readEach(count(5, "", 0, 1000), ["0", "1000"]), [0, 1000]);
});

Deno.test("count: a refusal names the bounds, and an example within them", () => {
  refuses(count(20, ""), "expected a whole number, like 20", ["x", "", "-1", "1.5", "1e99"]);
  refuses(count(0, ""), "expected a whole number, like 1", ["x"]);
  refuses(count(0, "", 3), "expected a whole number, 3 or more, like 3", ["2"]);
  refuses(count(5, "", 0, 1000), "expected a whole number from 0 to 1000, like 5", ["1001", "-1"]);
  refuses(count(5, "", 2, 8), "expected a whole number from 2 to 8, like 5", ["1", "9", "x"]);
});

Deno.test("duration: milliseconds, from its least to what a timer can count", () => {
  assertEquals(readEach(duration("200ms", ""), ["0", "1.5s", "2147483647ms"]), [0, 1500, 2 ** 31 - 1]);
  assertEquals(readEach(duration("1s", "", 100), ["100ms"]), [100]);
  assertEquals([duration("1.5s", "").fallback, duration("0", "").fallback], [1500, 0]);
  refuses(duration("1s", "", 100), "expected at least 100ms, like 1s", ["99ms", "0"]);
  refuses(duration("30s", "", 1000), "expected at least 1s, like 30s", ["999ms"]);
  refuses(duration("1s", ""), "expected at most 24 days", ["2147483648ms", "597h", "1e9h"]);
});

Deno.test("size: whole bytes, at least 1", () => {
  assertEquals(readEach(size("16MiB", ""), ["1b", "2b", "64kB", "1.1MiB", "0.5b"]), [1, 2, 64_000, 1_153_434, 1]);
  assertEquals(size("16MiB", "").fallback, 2 ** 24);
  refuses(size("16MiB", ""), "expected at least 1 byte, like 16MiB", ["0", "0b", "0.4b"]);
  refuses(size("16MiB", ""), "expected a smaller size, like 16MiB", ["9e9GiB"]);
});

Deno.test("duration, size: a number alone is asked for its unit", () => {
  const [time, bytes] = [duration("1s", ""), size("16MiB", "")];
  assertEquals(readEach(time, ["16", "1.5"]), [
    "expected a duration with its unit, like 1s; did you mean 16s?",
    "expected a duration with its unit, like 1s; did you mean 1.5s?",
  ]);
  refuses(duration("50ms", ""), "expected a duration with its unit, like 50ms; did you mean 20ms?", ["20"]);
  refuses(bytes, "expected a size with its unit, like 16MiB; did you mean 16MiB?", ["16"]);
  refuses(time, "expected a duration with its unit, like 1s", ["", "soon", "5 years", "-5", "1s2"]);
  refuses(bytes, "expected a size with its unit, like 16MiB", ["", "big", "16bits"]);
});

Deno.test("choice: one of its words, as it is written", () => {
  const colour = choice(["red", "green"], "green", "");
  assertEquals([colour.fallback, ...readEach(colour, ["red", "green"])], ["green", "red", "green"]);
  refuses(colour, "expected red, green", ["Red", "", "r", "red,green"]);
});

Deno.test("toggle: given, it is true", () => {
  const { fallback, read, kind } = toggle("");
  assertEquals([fallback, read([""]), kind], [false, true, "switch"]);
});

Deno.test("file: any path but an empty one, and none where nothing gives one", () => {
  assertEquals([file("").fallback, ...readEach(file(""), ["-", "a=b", " "])], [undefined, "-", "a=b", " "]);
  refuses(file(""), "expected the path of a file", [""]);
});

Deno.test("shard: i/n with i from 0; by default it is everything", () => {
  assertEquals(shard("").fallback, { index: 0, count: 1 });
  assertEquals([shard("").read(["auto"]), shard("").write("auto")], ["auto", ["auto"]]);
  assertEquals(readEach(shard(""), ["0/1", "0/4", "10/11"]), [
    { index: 0, count: 1 },
    { index: 0, count: 4 },
    { index: 10, count: 11 },
  ]);
  refuses(shard(""), "shards are counted from 0: expected 0/4 to 3/4", ["4/4", "5/4"]);
  refuses(shard(""), "shards are counted from 0: expected 0/1", ["1/1"]);
  refuses(shard(""), "expected at least one shard, like 0/4", ["0/0"]);
  refuses(shard(""), "expected I/N, shard I of N counted from 0, like 0/4; or auto", [
    "1",
    "",
    "-1/4",
    "1/4/2",
    "a/b",
    "0/1e3",
    "0/99999999999999999999",
    "99999999999999999999/4",
  ]);
});

Deno.test("optional: undefined where nothing gives it, and what is shown then", () => {
  const { fallback, shown, read } = optional(count(1, ""), "chosen by --mode");
  assertEquals([fallback, shown, read(["7"])], [undefined, "chosen by --mode", 7]);
});

Deno.test("repeated: the list of its values; the first wrong one is refused", () => {
  const lines = repeated(count(1, "", 1));
  assertEquals([lines.fallback, lines.shown], [[], undefined]);
  assertEquals(lines.read(["3", "1k"]), [3, 1000]);
  assertEquals(lines.read(["3", "0", "x"]), { refused: "expected a whole number, 1 or more, like 1" });
});

Deno.test("repeated: words may have commas between them, a path keeps its own", () => {
  const words = repeated(choice(["a", "b", "c"], "a", ""));
  assertEquals(words.read(["a,b", "c"]), ["a", "b", "c"]);
  assertEquals(words.read(["a,"]), { refused: "expected a, b, c" });
  assertEquals(repeated(file("")).read(["a,b"]), ["a,b"]);
});

Deno.test("write: the texts that read takes back, for each kind of option", () => {
  const restores = <T>(option: Option<T>, values: fc.Arbitrary<Exclude<T, undefined>>) =>
    fc.assert(fc.property(values, (value) => assertEquals<unknown>(option.read(option.write(value)), value)));
  restores(count(1, ""), fc.maxSafeNat());
  restores(duration("1s", ""), fc.integer({ min: 0, max: 2 ** 31 - 1 }));
  restores(size("1b", ""), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }));
  restores(choice(["a", "b"], "a", ""), fc.constantFrom("a", "b"));
  restores(file(""), fc.string({ minLength: 1 }));
  const shards = fc.record({ index: fc.nat(), more: fc.integer({ min: 1, max: 9 }) });
  restores(shard(""), shards.map(({ index, more }) => ({ index, count: index + more })));
  restores(repeated(count(1, "")), fc.array(fc.maxSafeNat()));
  restores(repeated(choice(["a", "b"], "a", "")), fc.array(fc.constantFrom("a", "b")));
  assertEquals([toggle("").write(true), toggle("").write(false)], [[""], []]);
});

Deno.test("shape: it says the values that are read, its bounds among them", () => {
  assertEquals([count(5, "", 2, 8).shape, duration("1s", "", 100).shape, size("1b", "").shape], [
    { type: "integer", min: 2, max: 8 },
    { type: "number", min: 100, max: 2_147_483_647 },
    { type: "integer", min: 1, max: Number.MAX_SAFE_INTEGER },
  ]);
  assertEquals(repeated(file("")).shape, { type: "list", of: { type: "string" } });
  const { shape } = shard("");
  assertEquals(shape.type === "object" && [shape.fields.index.shape, shape.fields.count.shape], [
    { type: "integer", min: 0, max: Number.MAX_SAFE_INTEGER },
    { type: "integer", min: 1, max: Number.MAX_SAFE_INTEGER },
  ]);
});

Deno.test("group: its heading and facts for each flag, unless the flag says otherwise", () => {
  const { one, other } = group("Output", { one: toggle(""), other: { ...toggle(""), shownOnly: false } }, {
    shownOnly: true,
  }) as Readonly<Record<string, Option<boolean>>>;
  assertEquals([one.group, one.shownOnly, other.group, other.shownOnly], ["Output", true, "Output", false]);
});

Deno.test("often: the flag is among those of -h", () => {
  assertEquals([toggle("").often, often(toggle("")).often, often(toggle("about")).help], [undefined, true, "about"]);
});

Deno.test("flagName: camel case becomes words with dashes", () => {
  assertEquals(["take", "maxTime", "exportJsonNow"].map(flagName), ["take", "max-time", "export-json-now"]);
});
