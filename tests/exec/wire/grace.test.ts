import { assertEquals } from "@std/assert";
import { graceOf } from "../../../lib/exec/wire/grace.ts";

Deno.test("graceOf: a quarter of the time limit, but long enough for an item to clean up and short enough to wait for", () => {
  assertEquals([1, 80, 84, 400, 4_000, 3_600_000].map(graceOf), [20, 20, 21, 100, 1_000, 1_000]);
});
