import { assertEquals } from "@std/assert";
import { Rungs } from "../../../lib/exec/tuning/rungs.ts";

function rungs(...speeds: readonly (readonly [speed: number, items?: number])[]): Rungs {
  const made = new Rungs();
  for (const [i, [speed, items = 100]] of speeds.entries()) made.add({ places: 2 ** i, items, speed });
  return made;
}

Deno.test("rungs: two doublings that bring less than a third have stalled", () => {
  assertEquals(rungs([1], [2], [4], [8]).haveStalled, false);
  assertEquals(rungs([1], [2], [2.5], [2.5]).haveStalled, true);
  assertEquals(rungs([1], [0.5]).haveStalled, false); // too early to say
});

Deno.test("rungs: a few items say nothing about a speed", () => {
  assertEquals(rungs([1, 7], [1], [1]).haveStalled, false);
  assertEquals(rungs([1], [1], [1, 7]).haveStalled, false);
  assertEquals(rungs([1, 8], [1, 0], [1, 8]).haveStalled, true);
});

Deno.test("rungs: the fewest places that were about as quick: a rung's items began at the one before", () => {
  assertEquals(rungs([1], [2], [4], [4.1], [4]).bestPlaces, 2);
  assertEquals(rungs([4], [1], [1]).bestPlaces, 1);
});
