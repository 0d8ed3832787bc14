import { assertEquals } from "@std/assert";
import { helpWidth, linesOrStacked, rewrap, twoColumns } from "../../../lib/cli/table/wrap.ts";
import { wrapWords } from "../../../lib/report/wrap.ts";

Deno.test("wrapWords: lines as long as they may be; a longer word has its own", () => {
  assertEquals(wrapWords("a bb ccc dddd", 6), ["a bb", "ccc", "dddd"]);
  assertEquals(wrapWords("a bb ccc", 4), ["a bb", "ccc"]);
  assertEquals(wrapWords("a tooooolong b", 4), ["a", "tooooolong", "b"]);
});

Deno.test("twoColumns: a hanging indent; what is long on the left has a line of its own", () => {
  const about = "one two three four five six seven eight nine ten";
  assertEquals(twoColumns([["--a", about], [`--${"b".repeat(30)}`, "short"]], 60), [
    "  --a  one two three four five six seven eight nine ten",
    `  --${"b".repeat(30)}`,
    "       short",
  ]);
  assertEquals(twoColumns([["--flag-of-length", `${about} ${about}`]], 60), [
    "  --flag-of-length  one two three four five six seven eight",
    "                    nine ten one two three four five six",
    "                    seven eight nine ten",
  ]);
});

Deno.test("twoColumns: the left column takes at most 40 % of the width, and no more than it needs", () => {
  const rows = (...lengths: readonly number[]) => lengths.map((length) => ["x".repeat(length), "what"] as const);
  const [short, fits, long] = [2, 24, 25].map((length) => "x".repeat(length));
  for (const width of [60, 62]) { // 40 % of 62 are 24.8
    assertEquals(twoColumns(rows(2, 24, 25), width), [
      `  ${short.padEnd(24)}  what`,
      `  ${fits}  what`,
      `  ${long}`,
      `${" ".repeat(28)}what`,
    ]);
  }
  assertEquals(twoColumns(rows(25), 60), [`  ${long}`, "    what"]);
  assertEquals(twoColumns([], 60), []);
});

Deno.test("helpWidth: as wide as the terminal, up to 100 columns", () => {
  assertEquals([20, 99, 100, 101, 300].map(helpWidth), [20, 99, 100, 100, 100]);
});

Deno.test("twoColumns: below 60 columns what is said goes below", () => {
  assertEquals(twoColumns([["--a", "one two three"]], 20), ["  --a", "          one two", "          three"]);
});

Deno.test("linesOrStacked: all on one line, or none", () => {
  const rows = [["tandem", "all"], ["tandem claims", "some of them"]] as const;
  assertEquals(linesOrStacked(rows, 80), ["  tandem         all", "  tandem claims  some of them"]);
  assertEquals(linesOrStacked(rows, 29), ["  tandem         all", "  tandem claims  some of them"]);
  assertEquals(linesOrStacked([], 80), []);
  assertEquals(linesOrStacked(rows, 28), ["  tandem", "      all", "  tandem claims", "      some of them"]);
});

const text = `A paragraph of one line, and
its second.

  holds    it does, by far and
           without a doubt
  unclear  anything else
  other    one of these:
           - it is not long
           - it is, but goes
             on below
  code() { return 1; }   // with a comment that is long
    more code that is rather long, but stays

a heading
    A sentence below it, and
    then some.
* An item of a list
  in two lines.

  $ tandem run job.js    # is a sample
  RESULT   1   2   3   4   5   6   7
`;

Deno.test("rewrap: a text that fits stays as it is", () => {
  assertEquals(rewrap(text, 80), text);
  const longest = Math.max(...text.split("\n").map((line) => line.length));
  assertEquals(rewrap(text, longest), text);
});

Deno.test("rewrap: paragraphs are filled, lists have a hanging indent, code and samples stay", () => {
  assertEquals(
    rewrap(text, 24),
    `A paragraph of one line,
and its second.

  holds    it does, by
           far and
           without a
           doubt
  unclear  anything else
  other    one of these:
           - it is not
             long
           - it is, but
             goes on
             below
  code() { return 1; }   // with a comment that is long
    more code that is rather long, but stays

a heading
    A sentence below it,
    and then some.
* An item of a list in
  two lines.

  $ tandem run job.js    # is a sample
  RESULT   1   2   3   4   5   6   7
`,
  );
});

Deno.test("rewrap: where the left side is half of the width, the right one goes below", () => {
  assertEquals(rewrap("a long left side    and its right one", 24), "a long left side\n    and its right one");
  assertEquals(rewrap("  a left side   and its right one", 15), "  a left side\n      and its\n      right one");
  assertEquals(rewrap("a left   and its right", 18), "a left   and its\n         right"); // no more than half
});

Deno.test("rewrap: a line that goes on may begin with a capital letter, or with the unit of a number", () => {
  const sentence = "    The job runs in a process of its own, under\n    Deno. It takes 5\n    ms longer there.";
  assertEquals(
    rewrap(sentence, 46),
    "    The job runs in a process of its own,\n    under Deno. It takes 5 ms longer there.",
  );
  assertEquals(rewrap("- at most 10\n  ms", 11), "- at most\n  10 ms");
});
