import { assert, assertEquals } from "@std/assert";
import { FailureCeiling } from "../../../lib/exec/tuning/failure_ceiling.ts";

const reading = { ms: 1, pendingMs: 1, threads: 1 };

/** Tells a ceiling of so many items, of which some failed, in a run of so many places. */
function ended(ceiling: FailureCeiling, places: number, items: number, failed: number, now = 0, full = true): boolean {
  return ceiling.observe({ ...reading, items, failed, full }, places, now);
}

/** The places of a run of 64 in which this share fails at any width: after each cut, up to `most` of them. */
function placesWhere(share: number, most: number): number[] {
  const ceiling = new FailureCeiling();
  const seen: number[] = [];
  for (let now = 0; now < 500 && seen.length < most; now++) {
    const places = Math.min(64, ceiling.places);
    ended(ceiling, places, 64, Math.round(64 * share), now);
    if (seen.at(-1) !== ceiling.places) seen.push(ceiling.places);
  }
  return seen;
}

Deno.test("ceiling, judged: a share below a half that two cuts do not change is tolerated", () => {
  assertEquals(placesWhere(0.25, 4).slice(0, 4), [48, 24, Infinity]);
});

Deno.test("ceiling, judged: a larger one only once one place is left", () => {
  assertEquals(placesWhere(0.75, 4), [16, 2, 1, Infinity]);
});

Deno.test("ceiling, judged: where all fail it stays at one place, whatever it has waited for", () => {
  assertEquals(placesWhere(1, 9), [8, 1]);
});

Deno.test("ceiling, judged: less than half as many failures are relief: the next cut is a first one", () => {
  const ceiling = new FailureCeiling();
  ended(ceiling, 64, 64, 32);
  ended(ceiling, 32, 64, 0); // the older ones
  ended(ceiling, 32, 32, 7);
  assertEquals([ceiling.places, ceiling.counts], [25, true]); // those that did not fail, not half of them
});

Deno.test("ceiling, judged: failures that may be chance are counted for a hundred items, then their places are given back", () => {
  const ceiling = new FailureCeiling();
  assertEquals([ended(ceiling, 16, 99, 4), ceiling.counts], [false, true]);
  assertEquals([ended(ceiling, 16, 1, 0), ceiling.counts, ceiling.places], [true, false, Infinity]);
  assertEquals([ended(ceiling, 16, 100, 5), ceiling.places], [true, 11], "that is more than chance");
});

Deno.test("ceiling, judged: those that ended long before the first failure do not hide it", () => {
  const ceiling = new FailureCeiling();
  for (let now = 0; now < 100; now++) ended(ceiling, 32, 1_000, 0, now);
  assertEquals([ended(ceiling, 32, 32, 12), ceiling.places], [true, 20]);
});

Deno.test("ceiling, judged: when the items before a cut have ended, slots are told: their places are needed again", () => {
  const ceiling = new FailureCeiling();
  ended(ceiling, 32, 32, 12);
  assertEquals([ended(ceiling, 20, 31, 5), ended(ceiling, 20, 1, 1)], [false, true]);
});

Deno.test("ceiling, judged: after a cut it takes as many items as tell whether the share is still there", () => {
  const isCounting = (places: number, failed: number, items: number) => {
    const ceiling = new FailureCeiling();
    ended(ceiling, places, places, failed);
    ended(ceiling, ceiling.places, places, 0); // the older ones
    ended(ceiling, ceiling.places, items, 0);
    return ceiling.counts;
  };
  assertEquals([7, 8].map((items) => isCounting(4, 2, items)), [true, false]); // at least 8
  assertEquals([9, 10].map((items) => isCounting(10, 3, items)), [true, false]); // three failures' worth of three of ten
});

Deno.test("ceiling, judged: places come back only if they are all in use", () => {
  for (const full of [true, false, undefined]) {
    const ceiling = new FailureCeiling();
    ended(ceiling, 32, 32, 12);
    for (let now = 0; now < 2_000; now += 10) {
      ceiling.observe({ ...reading, items: 100, full }, Math.min(32, ceiling.places), now);
    }
    assertEquals(ceiling.places > 20, full === true, `${full}`);
  }
});

Deno.test("ceiling, judged: after the next failures it tries one more again, not as many as it had come to", () => {
  const ceiling = new FailureCeiling();
  const raised: number[] = [];
  let now = 0;
  const grow = (times: number) => {
    for (let seen = 0, until = now + 100_000; seen < times && now < until; now += 10) {
      const before = ceiling.places;
      assert(!ended(ceiling, before, 100, 0, now) || ceiling.places > before);
      if (ceiling.places === before) continue;
      seen++;
      raised.push(ceiling.places - before);
    }
  };
  ended(ceiling, 8, 8, 4, now);
  ended(ceiling, 4, 8, 0, now);
  grow(7);
  assertEquals(raised, [2, 1, 1, 2, 3, 4, 5]); // to 7, which is just below 8; then more each time, at most a quarter
  const places = ceiling.places;
  ended(ceiling, places, places, 4, now);
  ended(ceiling, ceiling.places, places, 0, now);
  raised.length = 0;
  grow(5);
  assertEquals([raised, ceiling.places], [[2, 1, 1, 2, 4], places + 6]);
});
