import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { proseText, wrapLines, wrapWords } from "../../lib/report/wrap.ts";

Deno.test("wrapLines: what is too long goes on below, further in; what fits stays as it is", () => {
  const lines = ["  tasks: no difference was shown in twelve rounds", "", "4 hold   25.8 s"];
  assertEquals(wrapLines(lines, 30), [
    "  tasks: no difference was",
    "    shown in twelve rounds",
    "",
    "4 hold   25.8 s",
  ]);
});

Deno.test("wrapWords: a number keeps its unit", () => {
  assertEquals(wrapWords("its threads take 30.0 ms more, and 5 % of it", 22), [
    "its threads take",
    "30.0 ms more, and 5 %",
    "of it",
  ]);
});

Deno.test("wrapLines: no word is lost, and no line is too long that could be broken", () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1, maxLength: 30 });
  fc.assert(fc.property(words, fc.integer({ min: 20, max: 100 }), (all, width) => {
    const lines = wrapLines([all.join(" ")], width);
    assertEquals(lines.join(" ").trim().split(/\s+/).join(" "), all.join(" "));
    assertEquals(lines.filter((line) => line.length > width), []);
  }));
});

Deno.test("wrapWords: a line has as many words as fit, to its last column", () => {
  assertEquals(wrapWords("one two three", 7), ["one two", "three"]);
  assertEquals(wrapWords("one two three", 6), ["one", "two", "three"]);
});

Deno.test("wrapLines: a line that just fits stays as it is; what goes on below has two columns less", () => {
  assertEquals(wrapLines(["a  b c"], 6), ["a  b c"]);
  assertEquals(wrapLines([" one two three four"], 13), [" one two", "   three four"]);
  assertEquals(wrapLines([" one two three four"], 12), [" one two", "   three", "   four"]);
});

Deno.test("wrapLines: a part between two dots is broken only where it is longer than a line", () => {
  assertEquals(wrapLines(["one two · three four · five six"], 16), ["one two ·", "  three four ·", "  five six"]);
  assertEquals(wrapLines(["one two · three four · five six"], 21), ["one two ·", "  three four ·", "  five six"]);
  assertEquals(wrapLines(["one two · three four · five six"], 25), ["one two · three four ·", "  five six"]);
  assertEquals(wrapLines(["one two three four · five"], 14), ["one two", "  three four ·", "  five"]);
});

Deno.test("proseText: only a terminal's lines are wrapped", () => {
  const lines = ["! a warning that is longer than a line", "short"];
  assertEquals(proseText(lines, { terminal: false, width: 20 }), "! a warning that is longer than a line\nshort\n");
  assertEquals(
    proseText(lines, { terminal: true, width: 20 }),
    "! a warning that\n  is longer than a\n  line\nshort\n",
  );
});
