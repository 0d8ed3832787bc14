import { assertEquals } from "@std/assert";
import { RunTimes } from "../../../lib/cli/run/run_times.ts";

/** Spans of items that took so long. */
const spans = (...times: number[]) => times.flatMap((ms, item) => [item, 0, ms, 0]);
const median = (found: ReturnType<RunTimes["recent"]>) => found && Math.round(found.p50Ms);

Deno.test("run times: what came at other times of a second counts in it", () => {
  const times = new RunTimes();
  times.add({ items: 3, spans: spans(10) }, 2_000);
  times.add({ items: 1, spans: spans(40) }, 2_999);
  assertEquals(median(times.recent(2_999)), 10);
  assertEquals(median(times.recent(6_999)), 10);
  assertEquals(times.recent(7_000), undefined);
});

Deno.test("run times: half of many items and few others: each span has the weight of what ended with it", () => {
  const times = new RunTimes();
  times.add({ items: 6, spans: spans(10, 10) }, 0); // each stands for three
  times.add({ items: 5, spans: spans(80, 80, 80, 80, 80) }, 0);
  assertEquals(median(times.all), 10);
  times.add({ items: 2, spans: spans(80, 80) }, 0);
  assertEquals(median(times.all), 80);
});
