import { assertEquals } from "@std/assert";
import { cellName, modeName } from "../../lib/model/grid.ts";
import { documentOf } from "./document_of.ts";
import { eta, listed, placeText, plural, pluralIs, rate, roughTime, whole } from "../../lib/report/words.ts";

Deno.test("words: numbers have their thousands grouped, nouns their plural", () => {
  assertEquals([0, 999.6, 48_112].map(whole), ["0", "1,000", "48,112"]);
  assertEquals([0, 1, 2, 1_000].map((count) => plural(count, "item")), ["0 items", "1 item", "2 items", "1,000 items"]);
  assertEquals([1, 2].map((count) => pluralIs(count, "round")), ["1 round is", "2 rounds are"]);
});

Deno.test("words: several in a sentence", () => {
  assertEquals([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(listed), ["", "a", "a and b", "a, b and c"]);
});

Deno.test("words: a cell's name, and its mode", () => {
  assertEquals(cellName({ threads: 2, tasks: 1 }), "2×1");
  assertEquals(modeName({ mode: "both", threads: 2, tasks: 32 }), "both 2×32");
});

Deno.test("words: how fast, and how long it will take", () => {
  assertEquals([rate(1, 4_000), rate(761, 1_000), rate(2_000, 1_000)], ["0.250/s", "761/s", "2,000/s"]);
  assertEquals([rate(100_000, 1_000_000), rate(100, 1_000), rate(1_234, 1_000)], ["100/s", "100/s", "1,234/s"]);
  assertEquals([900, 99_001, 100_000, 5_999_001, 9e6].map(roughTime), ["1 s", "100 s", "2 min", "100 min", "2.50 h"]);
  assertEquals([6_000_000, 86_400_000].map(roughTime), ["1.67 h", "24.0 h"]);
  assertEquals(eta(1, 3, 1_500), "ETA 3 s");
  assertEquals(eta(4, 8, 60_000), "ETA 60 s");
  assertEquals(eta(5, 3, 1_500), "ETA 0 s");
});

Deno.test("words: what runs where", () => {
  const { tool, machine } = documentOf("jobs", { jobs: [] });
  assertEquals(
    placeText({ tool, machine: { ...machine, cores: 1, usableCores: 1 } }),
    "tandem 0.1.0 · deno 2.9.6 · linux x86_64 · Test CPU, 1 core · 4.00 GiB free",
  );
  const coresOf = (usableCores: number, cpuQuota: number | null) =>
    placeText({ tool, machine: { ...machine, cores: 8, usableCores, cpuQuota } }).split(" · ")[3];
  assertEquals(coresOf(8, null), "Test CPU, 8 cores");
  assertEquals(coresOf(8, 7.5), "Test CPU, 8 cores");
  assertEquals(coresOf(2, 1.5), "Test CPU, 2 of 8 cores (quota)");
  assertEquals(coresOf(2, 4), "Test CPU, 2 of 8 cores (affinity)");
  assertEquals(coresOf(2, null), "Test CPU, 2 of 8 cores (affinity)");
});
