import { assert, assertEquals } from "@std/assert";
import { LatencyCeiling } from "../../../lib/exec/tuning/latency_ceiling.ts";

/** A run with a target of 100 ms for its items, whose times depend on its places as the test says. */
function runOf(itemMs: (places: number) => number, { full = true, threads = 1, cpuShare = 0 } = {}) {
  const ceiling = new LatencyCeiling(100, 4);
  let now = 0;
  const seen: number[] = [ceiling.places];
  /** An item for each place; a run has 512 at most. */
  const generation = (places = Math.min(512, ceiling.places)) => {
    const each = itemMs(places);
    now += each;
    const ms = each - 0.001; // began after the last one ended
    const spans = Array.from({ length: places }, (_, item) => [item, now - ms, ms, 0]).flat();
    const cpuMs = cpuShare * each;
    const reading = { items: places, ms: each, pendingMs: each * places, cpuMs, spans, full, threads };
    const told = ceiling.observe(reading, places, now);
    if (told) seen.push(ceiling.places);
    return told;
  };
  const generations = (count: number) => {
    for (let i = 0; i < count; i++) generation();
  };
  return { ceiling, seen, generation, generations };
}

Deno.test("latency ceiling: eight places at first, and the first items say nothing, as they open connections", () => {
  const { ceiling, generation } = runOf(() => 1_000);
  assertEquals([ceiling.places, ceiling.settled], [8, false]);
  assertEquals(generation(), false);
  assertEquals(generation(), true); // these do
});

Deno.test("latency ceiling: places grow by what is left to the target, four times at most", () => {
  const { seen, generations } = runOf((places) => places); // a queue of 1 ms each
  generations(8);
  assertEquals(seen.slice(0, 3), [8, 32, 90]); // the estimate of a time is exact to 1 %
});

Deno.test("latency ceiling: no item at all is too long: it grows as long as slots are full", () => {
  const quick = runOf(() => 1);
  quick.generations(20);
  assert(quick.ceiling.places > 512, `${quick.seen}`);
  const slack = runOf(() => 1, { full: false });
  slack.generations(20);
  assertEquals(slack.seen, [8]);
});

Deno.test("latency ceiling: a run that is narrower than it may be says nothing of more places", () => {
  for (const [places, threads, at] of [[4, 1, 8], [7, 1, 8], [4, 4, 8], [5, 4, 32]]) { // one place more for each thread would do
    const { ceiling, generation } = runOf(() => 1, { threads });
    for (let i = 0; i < 20 && ceiling.places === 8; i++) generation(places);
    assertEquals(ceiling.places, at, `${places} in ${threads}`);
  }
});

Deno.test("latency ceiling: comes to rest below the width at which times pass the target", () => {
  const { ceiling, seen, generations } = runOf((places) => places <= 60 ? 90 : 140);
  generations(200);
  assert(ceiling.places <= 60 && ceiling.places >= 50, `${seen}`);
  assertEquals([ceiling.settled, ceiling.found.missedMs], [true, null]);
});

Deno.test("latency ceiling: trying wider has a budget: few items are late, however long the run is", () => {
  let late = 0;
  let all = 0;
  const { generations } = runOf((places) => {
    all += places;
    if (places > 60) late += places;
    return places <= 60 ? 90 : 140;
  });
  generations(300);
  const [lateBefore, allBefore] = [late, all];
  generations(3_000);
  const share = (late - lateBefore) / (all - allBefore);
  assert(share > 0 && share < 0.008, `${share}`);
});

Deno.test("latency ceiling: of few places the next is tried, and no other, within that budget too", () => {
  let [late, all] = [0, 0];
  const { seen, generations } = runOf((places) => {
    all += places;
    if (places > 2) late += places;
    return places <= 2 ? 90 : 140;
  });
  generations(300);
  [late, all] = [0, 0];
  const tried = seen.length;
  generations(10_000);
  assertEquals([...new Set(seen.slice(tried))].toSorted(), [2, 3], `${seen}`);
  assert(late > 0 && late / all < 0.008, `${late} of ${all}`);
});

Deno.test("latency ceiling: a service that becomes slower makes it narrower at once, and one that recovers wider again", () => {
  let factor = 1;
  const { ceiling, seen, generations } = runOf((places) => Math.max(20, places * factor));
  generations(100);
  const before = ceiling.places;
  factor = 3;
  generations(6);
  assert(ceiling.places <= before / 2, `${seen}`);
  generations(60);
  assert(ceiling.places * factor < 100, `${seen}`);
  factor = 1;
  generations(3_000);
  assert(ceiling.places > 0.8 * before, `${seen}`);
});

Deno.test("latency ceiling: where one item at a time takes too long, it says how long; and takes it back when it does not", () => {
  let ms = 150;
  const { ceiling, seen, generations } = runOf(() => ms);
  generations(20);
  assertEquals(ceiling.places, 1, `${seen}`);
  assert(Math.abs((ceiling.found.missedMs ?? 0) / 150 - 1) < 0.011 && ceiling.settled);
  const before = seen.length;
  ms = 50;
  generations(250);
  assertEquals(ceiling.found.missedMs, null);
  generations(3_000);
  assert(ceiling.places > 8, `${seen}`);
  assertEquals(seen.slice(before, before + 4), [2, 3, 4, 5], "few places grow by one");
});

Deno.test("latency ceiling: threads that compute get places of their own, once items take too long", () => {
  const computing = runOf((places) => 30 * places, { cpuShare: 0.9 });
  assertEquals(computing.ceiling.threads, 1);
  computing.generations(4);
  assertEquals(computing.ceiling.threads, 4);
  const waiting = runOf((places) => 30 * places, { cpuShare: 0.1 });
  waiting.generations(4);
  assertEquals(waiting.ceiling.threads, 1);
});

Deno.test("latency ceiling: what it has found of all items", () => {
  const { ceiling, generations } = runOf(() => 40);
  assertEquals([ceiling.found, ceiling.finding], [{ targetMs: 100, missedMs: null }, undefined]);
  generations(3);
  assert(Math.abs((ceiling.finding?.itemMs ?? 0) / 40 - 1) < 0.011);
});
