import { assert, assertEquals } from "@std/assert";
import { RunTimes } from "../../../lib/cli/run/run_times.ts";

/** Spans of items that took so long. */
const spans = (...times: number[]) => times.flatMap((ms, item) => [item, 0, ms, 0]);

/** What it says, in whole milliseconds. */
const rounded = (found: ReturnType<RunTimes["recent"]>) => found && [found.p50Ms, found.p99Ms].map(Math.round);

Deno.test("run times: nothing is known before an item has ended", () => {
  const times = new RunTimes();
  times.add({ items: 3 }, 0);
  assertEquals([times.all, times.recent(0)], [undefined, undefined]);
});

Deno.test("run times: half of the items, and 99 of 100, took no longer: of all, and of the last five seconds", () => {
  const times = new RunTimes();
  times.add({ items: 100, spans: spans(...Array(98).fill(10), 50, 50) }, 1_000);
  assertEquals([rounded(times.all), rounded(times.recent(5_999))], [[10, 50], [10, 50]]);
  times.add({ items: 1, spans: spans(30) }, 3_500);
  assertEquals(rounded(times.recent(6_000)), [30, 30]);
  times.add({ items: 1, spans: spans(20) }, 6_100); // takes the place of the first second
  assertEquals(rounded(times.recent(6_200)), [20, 30]);
  assertEquals(rounded(times.all), [10, 50]);
  assertEquals(times.recent(60_000), undefined);
});

Deno.test("run times: a few spans stand for all items that ended with them", () => {
  const times = new RunTimes();
  times.add({ items: 99_000, spans: spans(1, 1, 1) }, 0);
  times.add({ items: 1_100, spans: spans(70, 70) }, 0);
  assertEquals(rounded(times.all), [1, 70]);
  const { p50Ms } = times.all!;
  assert(Math.abs(p50Ms - 1) <= 0.01, `${p50Ms}`);
});
