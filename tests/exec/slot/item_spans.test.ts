import { assert, assertEquals } from "@std/assert";
import { ItemSpans } from "../../../lib/exec/slot/item_spans.ts";
import { StartedItem } from "../../../lib/exec/slot/started_item.ts";
import { viewBlock } from "../../../lib/exec/wire/block.ts";
import { spanWords } from "../../../lib/exec/wire/probed.ts";
import { maxAttempts } from "../../../lib/model/timeline.ts";
import { n } from "../numbers.ts";
import { heldItems, slotStage } from "./stage.ts";

const block = viewBlock(new SharedArrayBuffer(0), 0);
const started = (item: number, since: number) => new StartedItem({ block, use: n(0) }, n(0), n(item), n(1), since);

/** Spans of items that a test lets end. */
function spansOf(spans: "some" | "first" | "all") {
  const time = { now: 0 };
  return { time, spans: new ItemSpans(spans, () => time.now) };
}

Deno.test("item spans: item, start and time of each one that has ended since the last report, in the order of ends", () => {
  const { time, spans } = spansOf("all");
  assertEquals(spans.take(0), undefined);
  time.now = 12.5;
  spans.itemEnded(started(3, 10));
  time.now = 14;
  spans.itemEnded(started(1, 2));
  assertEquals(spans.take(14), [3, 10, 2.5, 0, 1, 2, 12, 0]);
  assertEquals(spans.take(15), undefined);
});

Deno.test("item spans: how long the promise of an item was pending, where all are reported", () => {
  for (const [kind, pendingMs] of [["all", 4], ["first", 0], ["some", 0]] as const) {
    const { time, spans } = spansOf(kind);
    const item = started(0, 0);
    time.now = 1;
    spans.itemWaits(item);
    time.now = 5;
    spans.itemEnded(item);
    spans.itemEnded(started(1, 2)); // it returned no promise
    assertEquals(spans.take(5), [0, 0, 5, pendingMs, 1, 2, 3, 0]);
  }
});

Deno.test("item spans: all means all, however many end", () => {
  const { spans } = spansOf("all");
  for (let report = 0; report < 2; report++) {
    for (let item = 0; item < 5_000; item++) spans.itemEnded(started(item, 0));
    assertEquals(spans.take(report)?.length, 5_000 * spanWords);
  }
});

Deno.test("item spans: the first are all there, and then some", () => {
  const { time, spans } = spansOf("first");
  const report = (items: number) => {
    for (let item = 0; item < items; item++) spans.itemEnded(started(item, 0));
    return (spans.take(time.now += 100)?.length ?? 0) / spanWords;
  };
  assertEquals([report(maxAttempts - 1), report(5_000), report(5_000)], [maxAttempts - 1, 5_000, 5_000]);
  assert(report(5_000) < 200, "about 1 a millisecond, since it is known how many end");
});

Deno.test("item spans: some are 1 a millisecond, of every kind of item as many as there are of it, and all of those that are few", () => {
  const { time, spans } = spansOf("some");
  const counts = { all: 0, slow: 0 };
  for (let report = 0; report < 41; report++) {
    for (let i = 0; i < 10_000; i++) spans.itemEnded(started(report * 10_000 + i, 0));
    const flat = spans.take(time.now += 100) ?? [];
    if (report === 0) continue; // nobody knew how many would end
    for (let i = 0; i < flat.length; i += spanWords) {
      counts.all++;
      if (flat[i] % 50 === 49) counts.slow++; // as in a job with a slow item every 50th time
    }
  }
  assert(Math.abs(counts.all - 4_000) < 100, `${counts.all}`);
  assert(Math.abs(counts.slow - 80) < 15, `${counts.slow}`);
  spans.itemEnded(started(0, 0));
  spans.take(time.now += 10);
  for (let item = 0; item < 16; item++) spans.itemEnded(started(item, 0));
  assertEquals(spans.take(time.now += 1)?.length, 16 * spanWords, "few are all taken");
});

Deno.test("item spans: some are few also where each batch of a quick job leaves in two reports, one with its last item", () => {
  const { time, spans } = spansOf("some");
  let count = 0;
  for (let batch = 0; batch < 1_000; batch++) {
    for (const [first, items] of [[0, 1_000], [1_000, 1]]) {
      for (let i = 0; i < items; i++) spans.itemEnded(started(batch * 1_001 + first + i, 0));
      const taken = (spans.take(time.now += 0.3)?.length ?? 0) / spanWords;
      if (batch > 0) count += taken;
    }
  }
  assert(count > 10_000 && count < 20_000, `${count}`);
});

Deno.test("item spans: they leave with the results of their items, also of those that fail", async () => {
  const time = { now: 0 };
  const spans = new ItemSpans("all", () => time.now);
  const { run, end, fail } = heldItems();
  const stage = slotStage(run, { tasks: 2, now: () => time.now, spans });
  stage.give("0", "1", "2");
  time.now = 3;
  await fail(1, new Error("no"));
  time.now = 7;
  await end(0);
  await end(2);
  const ends = stage.results().flatMap(({ spans = [], stretches }) => [[spans, stretches.length / 4]]);
  const [flat, stretches] = [ends.flatMap(([spans]) => spans), ends.reduce((sum, [, count]) => sum + Number(count), 0)];
  assertEquals(flat, [1, 0, 3, 3, 0, 0, 7, 7, 2, 3, 4, 4]);
  assertEquals(stretches, 3);
});
