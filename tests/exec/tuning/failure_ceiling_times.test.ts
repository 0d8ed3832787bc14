import { assertEquals } from "@std/assert";
import { FailureCeiling } from "../../../lib/exec/tuning/failure_ceiling.ts";

function ended(ceiling: FailureCeiling, places: number, items: number, failed: number | undefined, now = 0): boolean {
  return ceiling.observe({ ms: 1, pendingMs: 1, threads: 1, full: true, items, failed }, places, now);
}

/** A ceiling after a cut from 32 places to 20 at 0 ms, with the items before it ended. */
function cut(): FailureCeiling {
  const ceiling = new FailureCeiling();
  ended(ceiling, 32, 32, 12);
  ended(ceiling, 20, 32, 0);
  return ceiling;
}

Deno.test("ceiling, times: places come back half a second after the last change, not earlier", () => {
  const ceiling = cut();
  const places = [499, 500, 999, 1_000].map((now) => (ended(ceiling, ceiling.places, 100, 0, now), ceiling.places));
  assertEquals(places, [20, 26, 26, 29]);
});

Deno.test("ceiling, times: two seconds after a first failure one more is tried, ten after many", () => {
  const once = new FailureCeiling();
  ended(once, 2, 4, 4);
  ended(once, 1, 2, 0); // one place, and nothing to come back to below two
  assertEquals([1_999, 2_000].map((now) => (ended(once, 1, 100, 0, now), once.places)), [1, 2]);
  const often = new FailureCeiling();
  for (let times = 0; times < 9; times++) ended(often, 1, 4, 4, times);
  ended(often, 1, 1, 0, 8);
  assertEquals([10_007, 10_008].map((now) => (ended(often, 1, 100, 0, now), often.places)), [1, 2]);
});

Deno.test("ceiling, times: nothing is being counted once a cut has been judged, whatever came of it", () => {
  const well = cut();
  ended(well, 20, 20, undefined);
  const chance = cut();
  ended(chance, 20, 100, 1);
  assertEquals([well.counts, chance.counts, well.places, chance.places], [false, false, 20, 20]);
  const tolerated = new FailureCeiling();
  for (let now = 0; now < 9 && tolerated.tolerated === 0; now++) {
    ended(tolerated, Math.min(64, tolerated.places), 64, 16);
  }
  assertEquals([tolerated.counts, tolerated.places, tolerated.tolerated], [false, Infinity, 0.25]);
  const last = new FailureCeiling();
  assertEquals([ended(last, 1, 4, 4), last.counts, last.places], [true, false, 1], "no cut can be smaller");
});

Deno.test("ceiling, times: of what is tolerated half as many again are, and what may be chance", () => {
  for (const [failed, places] of [[52, Infinity], [55, 45]]) {
    const ceiling = new FailureCeiling();
    for (let now = 0; now < 9 && ceiling.tolerated === 0; now++) ended(ceiling, Math.min(64, ceiling.places), 64, 16);
    ended(ceiling, 100, 100, failed);
    assertEquals(ceiling.places, places);
  }
});

Deno.test("ceiling, times: a reading that tells of no failures has none", () => {
  const ceiling = new FailureCeiling();
  assertEquals([ended(ceiling, 8, 8, undefined), ceiling.counts, ceiling.places], [false, false, Infinity]);
});
