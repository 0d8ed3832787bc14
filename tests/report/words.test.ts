import { assertEquals } from "@std/assert";
import { cellName, modeName } from "../../lib/model/grid.ts";
import { eta, plural, pluralIs, rate, roughTime, whole } from "../../lib/report/words.ts";

Deno.test("words: numbers have their thousands grouped, nouns their plural", () => {
  assertEquals([0, 999.6, 48_112].map(whole), ["0", "1,000", "48,112"]);
  assertEquals([0, 1, 2, 1_000].map((count) => plural(count, "item")), ["0 items", "1 item", "2 items", "1,000 items"]);
  assertEquals([1, 2].map((count) => pluralIs(count, "round")), ["1 round is", "2 rounds are"]);
});

Deno.test("words: a cell's name, and its mode", () => {
  assertEquals(cellName({ threads: 2, tasks: 1 }), "2×1");
  assertEquals(modeName({ mode: "both", threads: 2, tasks: 32 }), "both 2×32");
});

Deno.test("words: how fast, and how long it will take", () => {
  assertEquals([rate(1, 4_000), rate(761, 1_000), rate(2_000, 1_000)], ["0.250/s", "761/s", "2,000/s"]);
  assertEquals([900, 99_001, 100_000, 5_999_001, 9e6].map(roughTime), ["1 s", "100 s", "2 min", "100 min", "2.50 h"]);
  assertEquals(eta(1, 3, 1_500), "ETA 3 s");
  assertEquals(eta(5, 3, 1_500), "ETA 0 s");
});
