import { assertEquals } from "@std/assert";
import { ndjson } from "../../../lib/report/exports/ndjson.ts";
import { saved } from "./saved.ts";

const rowsOf = (text: string): readonly unknown[] => text.trimEnd().split("\n").map((line) => JSON.parse(line));

Deno.test("ndjson: a line for each claim, rung, item and cell, as the document has it", () => {
  const [claims, scale, compare] = [saved("claims"), saved("scale"), saved("compare", "compare_grid")];
  assertEquals(rowsOf(ndjson([claims])), claims.result.claims);
  assertEquals(rowsOf(ndjson([scale])), scale.result.rungs);
  const { modes, grid } = compare.result;
  assertEquals(rowsOf(ndjson([compare])), [
    ...modes.map((cell) => ({ part: "modes", ...cell })),
    ...(grid?.cells ?? []).map((cell) => ({ part: "grid", ...cell })),
  ]);
  const { runs } = saved("streams").result;
  assertEquals(
    rowsOf(ndjson([saved("streams")])),
    runs.flatMap(({ producer, items }) => items.map((item) => ({ producer, ...item }))),
  );
});

Deno.test("ndjson: a line break within a text does not end its line", () => {
  const claims = saved("claims");
  const [claim] = claims.result.claims;
  const sentence = "one\ntwo\u2028three";
  const one = { ...claims, result: { ...claims.result, claims: [{ ...claim, sentence }] } };
  assertEquals(rowsOf(ndjson([one, one])), [{ ...claim, sentence }, { ...claim, sentence }]);
});

Deno.test("ndjson: two runtimes have a line for each mode of each, with its runtime", () => {
  const { modes, changes, against } = saved("compare", "compare_runtimes").result;
  const { old, now } = against!.runtimes!;
  assertEquals(rowsOf(ndjson([saved("compare", "compare_runtimes")])), [
    ...changes!.map((change) => ({ part: "modes", ...change.old, runtime: old })),
    ...modes.map((cell) => ({ part: "modes", ...cell, runtime: now })),
  ]);
});
