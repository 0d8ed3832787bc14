import { assert, assertEquals } from "@std/assert";
import { thinned } from "../../lib/bench/measured_run.ts";
import { timerResolution } from "../../lib/bench/own_cost.ts";

Deno.test("thinned: keeps all numbers, ascending, if there are few", () => {
  assertEquals([...thinned([[3, 1], [], [2]])], [1, 2, 3]);
});

Deno.test("thinned: keeps quantiles, including both ends, if there are many", () => {
  const kept = thinned([Array.from({ length: 100_001 }, (_, i) => 100_000 - i)]);
  assertEquals([kept.length, kept[0], kept.at(-1)], [2000, 0, 100_000]);
  assert(Math.abs(kept[1000] - 50_000) < 100, `${kept[1000]}`);
});

Deno.test("timerResolution: the clock's smallest step", () => {
  let calls = 0;
  assertEquals(timerResolution({ now: () => Math.floor(++calls / 10) * 0.25 }), 0.25);
});
