import { assert, assertEquals } from "@std/assert";
import { FailureCeiling } from "../../../lib/exec/tuning/failure_ceiling.ts";

/** Tells a ceiling of a generation: an item for each place, of which some failed. Returns whether slots are to be told. */
function generation(ceiling: FailureCeiling, places: number, failed: number, now: number, items = places): boolean {
  return ceiling.observe({ items, failed, ms: 1, pendingMs: 1, threads: 1, full: true }, places, now);
}

Deno.test("ceiling: no failures, no ceiling, and slots are told nothing", () => {
  const ceiling = new FailureCeiling();
  assertEquals(generation(ceiling, 64, 0, 0), false);
  assertEquals([ceiling.places, ceiling.counts, ceiling.tolerated], [Infinity, false, 0]);
});

Deno.test("ceiling: a run keeps the places whose items did not fail, once a generation has ended", () => {
  const ceiling = new FailureCeiling();
  assertEquals(generation(ceiling, 32, 12, 0, 12), false); // the slots have taken these places back themselves
  assert(ceiling.counts);
  assertEquals(ceiling.places, Infinity);
  assertEquals(generation(ceiling, 32, 0, 20, 20), true);
  assertEquals(ceiling.places, 20);
});

Deno.test("ceiling: at most seven eighths of the places go at once", () => {
  const ceiling = new FailureCeiling();
  generation(ceiling, 64, 64, 0);
  assertEquals(ceiling.places, 8);
});

Deno.test("ceiling: one place is kept", () => {
  const ceiling = new FailureCeiling();
  for (let now = 0, places = 8; now < 40; now++) {
    generation(ceiling, places, places, now);
    places = Math.min(places, ceiling.places);
  }
  assertEquals(ceiling.places, 1);
});

Deno.test("ceiling: failures of items that ran before the cut do not count against it", () => {
  const ceiling = new FailureCeiling();
  generation(ceiling, 32, 12, 0);
  generation(ceiling, 20, 12, 20, 32); // the older ones
  assertEquals(ceiling.places, 20);
  generation(ceiling, 20, 0, 40);
  assertEquals([ceiling.places, ceiling.counts], [20, false]);
});

/** Lets time pass without failures, in generations of 20 ms; returns when there were more places, and how many. */
function raises(ceiling: FailureCeiling, from: number, until: number): number[][] {
  const seen: number[][] = [];
  for (let now = from; now < until; now += 20) {
    const before = ceiling.places;
    generation(ceiling, before, 0, now, 100);
    if (ceiling.places > before) seen.push([now, ceiling.places]);
  }
  return seen;
}

Deno.test("ceiling: places come back by half of what is missing to where items failed, each after half a second", () => {
  const ceiling = new FailureCeiling();
  generation(ceiling, 32, 12, 0);
  const seen = raises(ceiling, 20, 3_000);
  assertEquals(seen.map(([, places]) => places), [26, 29, 30, 31]);
  assert(seen.every(([now], i) => i === 0 || now - seen[i - 1][0] >= 500), JSON.stringify(seen));
});

Deno.test("ceiling: just below where items failed it waits before it tries more, and goes on faster if that is well", () => {
  const ceiling = new FailureCeiling();
  generation(ceiling, 32, 1, 0, 20);
  generation(ceiling, 32, 12, 10, 12);
  const seen = raises(ceiling, 20, 10_000);
  const [lastBack, ...probes] = seen.slice(seen.findIndex(([, places]) => places === 31));
  assertEquals(probes.slice(0, 4).map(([, places]) => places), [32, 34, 38, 46]);
  assert(probes[0][0] - lastBack[0] >= 2_000, JSON.stringify(seen));
});

Deno.test("ceiling: with each failure it waits longer before it tries more, up to ten seconds", () => {
  const ceiling = new FailureCeiling();
  const waited: number[] = [];
  let now = 0;
  for (let failure = 0; failure < 6; failure++) {
    const places = Math.min(32, ceiling.places);
    generation(ceiling, places, 10, now);
    const seen = raises(ceiling, now += 20, now + 30_000);
    const below = seen.findLastIndex(([, count]) => count < places);
    waited.push(Math.round((seen[below + 1][0] - seen[below][0]) / 1_000));
    now += 30_000;
  }
  assertEquals(waited, [2, 4, 8, 10, 10, 10]);
});

Deno.test("ceiling: a share that stays when there are fewer places is tolerated, and all places come back", () => {
  const ceiling = new FailureCeiling();
  let places = 64;
  for (let now = 0; now < 2_000 && ceiling.tolerated === 0; now += 10) {
    generation(ceiling, places, Math.round(places / 10), now);
    places = Math.min(64, ceiling.places);
  }
  assert(ceiling.tolerated > 0.05 && ceiling.tolerated < 0.2, `${ceiling.tolerated}`);
  assertEquals(ceiling.places, Infinity);
  for (let now = 2_000; now < 3_000; now += 10) generation(ceiling, 64, 6, now);
  assertEquals(ceiling.places, Infinity);
  generation(ceiling, 64, 40, 3_000); // that is more than what is tolerated
  assert(ceiling.places < 64, `${ceiling.places}`);
});

Deno.test("ceiling: where everything fails nothing is tolerated: what the items call is down", () => {
  const ceiling = new FailureCeiling();
  let places = 64;
  for (let now = 0; now < 10_000; now += 10) {
    generation(ceiling, places, places, now);
    places = Math.min(64, ceiling.places);
  }
  assertEquals([ceiling.places, ceiling.tolerated], [1, 0]);
});

Deno.test("ceiling: a failure among hundreds costs no place, but slots are told that its place is needed", () => {
  const ceiling = new FailureCeiling();
  assertEquals(generation(ceiling, 512, 1, 0), true);
  assertEquals([ceiling.places, ceiling.counts], [Infinity, false]);
});
