import { assert, assertEquals } from "@std/assert";
import { row, scaleOptions } from "../../../lib/cli/scale/command.ts";
import { isRefusal } from "../../../lib/cli/table/option.ts";
import { needsOf, takesBounds } from "../row.ts";

Deno.test("scale keeps what it needs to start its children and to describe the machine", async () => {
  assertEquals(await needsOf(row), ["read", "run", "sys"]);
});

Deno.test("scale: bounds of its numbers, and all kinds by default", () => {
  const { upTo, maxTime, kinds } = scaleOptions;
  assert(takesBounds(upTo, 1, 100_000_000));
  assertEquals([upTo.fallback, upTo.read([upTo.shown])], [1_000_000, 1_000_000]);
  assertEquals([isRefusal(maxTime.read(["999ms"])), maxTime.read(["1s"])], [true, 1000]);
  assertEquals(kinds.fallback, []);
});
