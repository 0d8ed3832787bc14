import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { nextTurn } from "../../../lib/clock.ts";
import { encodeJsonItem, valueSource } from "../../../lib/exec/input/value_source.ts";
import { bothWatchers } from "../../../lib/exec/pool/both_watchers.ts";
import { LastDeath } from "../../../lib/exec/pool/last_death.ts";
import { openPool } from "../../../lib/exec/pool/pool.ts";
import type { RunOptions } from "../../../lib/exec/pool/run_options.ts";
import { RunTrace } from "../../../lib/exec/pool/run_trace.ts";
import type { WatchedRun } from "../../../lib/exec/pool/run_watcher.ts";
import { TimelineWatcher } from "../../../lib/exec/pool/timeline_watcher.ts";
import { recordKind } from "../../../lib/exec/wire/protocol.ts";
import { maxAttempts, type RunTimeline } from "../../../lib/model/timeline.ts";
import { n } from "../numbers.ts";
import { Agenda } from "../schedule/simulation/agenda.ts";
import { manualHost, options, result } from "./manual_host.ts";

/** A run whose slots do what the test says, which begins when the clock is at 100 ms. */
async function watched(items: number, { most = maxAttempts, threads = 1, ...given }: Partial<RunOptions> & {
  readonly most?: number;
  readonly threads?: number;
} = {}) {
  const slots = manualHost((say) => say({ kind: "loaded", hasTeardown: false }));
  const clock = new Agenda();
  const at = async (ms: number) => {
    clock.after(ms - clock.now(), () => {});
    while (clock.now() < ms) assert(await clock.next());
  };
  await at(100);
  const pool = await openPool({ ...options, threads, host: slots.host, clock, spans: "first" }, { random: () => 1 });
  const watcher = new TimelineWatcher("\n", most);
  const run = pool.run(valueSource(Array(items).fill(0), encodeJsonItem), { ordered: false, watcher, ...given });
  Array.fromAsync(run).catch(() => {});
  await nextTurn(); // the items are read
  return { ...slots, at, watcher };
}

const ended = (item: number, startMs: number, ms: number) => ({ ...result(item), spans: [item, startMs, ms, 0] });

const failed = (item: number, startMs: number, ms: number) => ({
  ...result(item, '{"line":1,"error":{"name":"RangeError","message":"no"}}\n', recordKind.error),
  spans: [item, startMs, ms, 0],
});

/** The attempts of a timeline: thread, task, start, end, line, attempt, outcome. */
const rows = ({ attempts }: RunTimeline) => attempts.map((attempt) => Object.values(attempt));

Deno.test("timeline: attempts by thread, task and start, in milliseconds since the run began", async () => {
  const { says, at, watcher } = await watched(4);
  await at(120);
  says[0](ended(1, 101.0004, 8));
  says[0](ended(0, 100, 5));
  says[0](ended(2, 105, 10));
  await nextTurn();
  assertEquals(Object.keys(watcher.timeline.attempts[0]), [
    "thread",
    "task",
    "startMs",
    "endMs",
    "line",
    "attempt",
    "outcome",
  ]);
  assertEquals(rows(watcher.timeline), [
    [0, 0, 0, 5, 1, 1, "ok"],
    [0, 0, 5, 15, 3, 1, "ok"],
    [0, 1, 1, 9, 2, 1, "ok"],
  ]);
  assertEquals([watcher.timeline.leftOut, watcher.timeline.events], [0, []]);
});

Deno.test("timeline: an attempt that fails and runs again is retried, the last one failed", async () => {
  const { says, at, watcher } = await watched(1, { retries: 1 });
  await at(103);
  says[0](failed(0, 101, 2));
  await at(300);
  says[0](failed(0, 250, 10));
  await nextTurn();
  assertEquals(rows(watcher.timeline), [
    [0, 0, 1, 3, 1, 1, "retried"],
    [0, 0, 150, 160, 1, 2, "failed"],
  ]);
});

Deno.test("timeline: what ran in a thread that died is lost, also if it runs again, and the thread is replaced", async () => {
  for (const retries of [0, 1]) {
    const { says, ranLast, at, watcher } = await watched(2, { retries });
    await at(140);
    ranLast([{ item: n(0), since: n(130), waits: false }]);
    says[0]({ kind: "fatal", message: "it fell" });
    await nextTurn();
    assertEquals(rows(watcher.timeline), [[0, 0, 30, 40, 1, 1, "lost"]]);
    assertEquals(watcher.timeline.events, [{ kind: "restart", thread: 0, atMs: 40 }]);
  }
});

Deno.test("timeline: what was cut off beside the culprit is lost", async () => {
  const { says, ranLast, at, watcher } = await watched(2);
  await at(140);
  ranLast([{ item: n(0), since: n(130), waits: false }, { item: n(1), since: n(135), waits: true }]);
  const error = { name: "ProcessDied", message: "it fell", code: "lost" } as const;
  says[0]({ kind: "crashed", error, started: [{ first: 0, end: 2 }] });
  await nextTurn();
  says[1](ended(0, 150, 1));
  await nextTurn();
  assertEquals(rows(watcher.timeline), [
    [0, 0, 30, 40, 1, 1, "lost"],
    [0, 0, 50, 51, 1, 1, "ok"],
    [0, 1, 35, 40, 2, 1, "lost"],
  ]);
});

Deno.test("timeline: a start that is known to the millisecond makes no task of its own", async () => {
  const { says, ranLast, at, watcher } = await watched(2);
  await at(110);
  says[0](ended(0, 101, 5.4));
  await at(140);
  ranLast([{ item: n(1), since: n(106), waits: false }]);
  says[0]({ kind: "fatal", message: "it fell" });
  await nextTurn();
  assertEquals(rows(watcher.timeline), [[0, 0, 1, 6.4, 1, 1, "ok"], [0, 0, 6.4, 40, 2, 1, "lost"]]);
});

Deno.test("timeline: a steal names the thread that had the items, and how many they were", async () => {
  const { says, sent, at, watcher } = await watched(8, { threads: 2 });
  await at(107);
  const [first, end] = sent[1];
  for (let item = first; item < end; item++) says[1](ended(item, 101, 1));
  await nextTurn();
  says[0]({ kind: "reclaimed", ranges: [{ first: 2, end: 4 }] });
  await nextTurn();
  assertEquals(watcher.timeline.events, [{ kind: "steal", thread: 0, atMs: 7, items: 2 }]);
});

Deno.test("timeline: the first attempts are kept, the others counted, whatever becomes of them", async () => {
  const { says, ranLast, at, watcher } = await watched(5, { most: 2, retries: 1 });
  await at(110);
  says[0](ended(0, 101, 1));
  says[0](failed(1, 101, 2));
  await nextTurn();
  const kept = [[0, 0, 1, 2, 1, 1, "ok"], [0, 1, 1, 3, 2, 1, "retried"]];
  assertEquals(rows(watcher.timeline), kept, "whether the last one ran again is decided after its report");
  says[0](ended(2, 104, 1));
  ranLast([{ item: n(3), since: n(105), waits: false }]);
  says[0]({ kind: "fatal", message: "it fell" });
  await nextTurn();
  assertEquals([rows(watcher.timeline), watcher.timeline.leftOut, watcher.timeline.events], [kept, 2, []]);
});

Deno.test("timeline: of one report, as many are kept as there is room for", async () => {
  const { says, at, watcher } = await watched(3, { most: 2 });
  await at(110);
  const three = result(0, "1\n1\n1\n");
  says[0]({ ...three, stretches: [recordKind.ok, 0, 3, 6], spans: [0, 101, 1, 0, 1, 102, 1, 0, 2, 103, 1, 0] });
  await nextTurn();
  assertEquals([rows(watcher.timeline).map(([, , start]) => start), watcher.timeline.leftOut], [[1, 2], 1]);
});

Deno.test("timeline: of a run whose threads die again and again, 500 restarts are kept", () => {
  const watcher = new TimelineWatcher();
  watcher.begin({ state: { tasks: 1 }, clock: new Agenda(), threads: 1 } as unknown as WatchedRun);
  for (let death = 0; death < 501; death++) {
    watcher.decided({ kind: "start", slot: 0 }, { kind: "ready", slot: 0 }, new LastDeath(0));
  }
  assertEquals(watcher.timeline.events.length, 500);
});

Deno.test("timeline: whatever the spans, none overlap in a thread and task, and no task more than ran at once", async () => {
  const span = fc.tuple(fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0.01, max: 9, noNaN: true }));
  await fc.assert(
    fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 12 }), async (spans) => {
      const { says, at, watcher } = await watched(spans.length);
      await at(200);
      for (const [item, [start, ms]] of spans.entries()) says[0](ended(item, 100 + start, ms));
      await nextTurn();
      const { attempts } = watcher.timeline;
      assertEquals(attempts.length, spans.length);
      const at_ = (ms: number) => attempts.filter(({ startMs, endMs }) => startMs <= ms && ms < endMs).length;
      const atOnce = Math.max(1, ...attempts.map(({ startMs }) => at_(startMs)));
      assertEquals(new Set(attempts.map(({ task }) => task)).size <= atOnce, true);
      for (const own of Map.groupBy(attempts, ({ task }) => task).values()) {
        own.forEach(({ startMs, endMs }, i) => {
          assert(endMs >= startMs);
          assert(i === 0 || own[i - 1].endMs <= startMs, JSON.stringify(own));
        });
      }
    }),
    { numRuns: 50 },
  );
});

Deno.test("both watchers: each hears all", async () => {
  const timeline = new TimelineWatcher();
  const traced: string[] = [];
  const trace = new RunTrace(({ kind }) => void traced.push(kind));
  const { says, ranLast, at } = await watched(2, { watcher: bothWatchers(trace, timeline) });
  await at(140);
  says[0](ended(0, 101, 1));
  ranLast([{ item: n(1), since: n(130), waits: false }]);
  says[0]({ kind: "fatal", message: "it fell" });
  await nextTurn();
  assertEquals(timeline.timeline.attempts.map(({ outcome }) => outcome), ["ok", "lost"]);
  assertEquals(timeline.timeline.events.length, 1);
  assertEquals(["attempt", "restart"].map((kind) => traced.filter((one) => one === kind).length), [2, 1]);
});
