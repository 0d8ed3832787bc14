import { assertEquals } from "@std/assert";
import { didYouMean, suggest } from "../../../lib/cli/table/suggest.ts";

Deno.test("suggest: a word of which at most a third of the letters differ, and at least one may", () => {
  const suggestions = (known: string, ...words: readonly string[]) => words.map((word) => suggest(word, [known]));
  assertEquals(suggestions("streams", "strems", "STREAMS", "straems", "stres"), [
    "streams",
    "streams",
    "streams",
    undefined,
  ]);
  assertEquals(suggestions("abc", "abd", "ade", "a"), ["abc", undefined, undefined]);
  assertEquals(suggestions("x", "y", ""), ["x", "x"]);
  assertEquals(suggestions("abcdef", "abcdxy", "abcxyz", "abcxy"), ["abcdef", undefined, undefined]);
  assertEquals(suggestions("abcdefghi", "abcdefxyz", "abcdexxyz"), ["abcdefghi", undefined]);
});

Deno.test("suggest: two neighbours that are swapped, and nothing else, count as one letter", () => {
  const suggestions = ["rnu", "urn", "nur", "rnx"].map((word) => suggest(word, ["run"]));
  assertEquals(suggestions, ["run", "run", undefined, undefined]);
  assertEquals(suggest("abdc", ["abcd"]), "abcd");
  assertEquals(suggest("badc", ["abcd"]), undefined); // two pairs
});

Deno.test("suggest: a word's beginning, of three letters or more", () => {
  assertEquals(["exp", "expo", "ex"].map((word) => suggest(word, ["export-json"])), [
    "export-json",
    "export-json",
    undefined,
  ]);
  assertEquals(suggest("jso", ["export-json"]), undefined);
});

Deno.test("suggest: the closest of several, and the first of those that are as close", () => {
  assertEquals(suggest("retires", ["tires", "retries", "retire"]), "retries");
  assertEquals(suggest("retiress", ["retires", "retries"]), "retires");
  assertEquals(suggest("abcx", ["abcd", "abce"]), "abcd");
  assertEquals(suggest("run", []), undefined);
});

Deno.test("didYouMean: a sentence with the prefix, or nothing", () => {
  assertEquals([didYouMean("rnu", ["run"]), didYouMean("tkae", ["take"], "--"), didYouMean("xyz", ["run"])], [
    " Did you mean run?",
    " Did you mean --take?",
    "",
  ]);
});
