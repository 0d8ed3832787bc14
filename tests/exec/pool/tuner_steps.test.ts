import { assertEquals } from "@std/assert";
import { type Bounds, ClimbingTuner } from "../../../lib/exec/pool/tuner.ts";

/** What the threads have done in 100 ms. */
interface Did {
  /** Items that ended. */
  readonly items?: number;
  /** The share of their time that they computed; undefined: Deno cannot tell. */
  readonly computing?: number;
  /** The share of their time in which they had work. */
  readonly busy?: number;
  /** The job returns no promises. */
  readonly sync?: boolean;
}

/** A tuner that gets a reading each 100 ms, of all threads together. */
function steps(bounds: Partial<Bounds> = {}) {
  const tuner = new ClimbingTuner({ threads: [1, 64], tasks: [1, 1_000], ...bounds });
  let now = 0;
  function read({ items = 10_000, computing, busy = 1, sync = false }: Did, threads = tuner.width.threads) {
    now += 100;
    const ms = 100 * busy * threads;
    const cpuMs = computing === undefined ? undefined : computing * ms;
    return tuner.observe({ slot: 0, items, ms, pendingMs: sync ? 0 : 2 * ms, cpuMs, threads }, now);
  }
  let isFresh = true;
  /** What it decides, as threads x tasks. The first reading after a change is not all of the new width, and does not count. */
  function decide(did: Did): string | undefined {
    if (isFresh) read({ items: 1_000_000 });
    const width = read(did);
    isFresh = width !== undefined;
    if (width !== undefined) assertEquals(tuner.width, width);
    return width && `${width.threads}x${width.tasks}`;
  }
  return { tuner, read, decide };
}

Deno.test("tuner: how many more tasks it tries follows from how little they compute", () => {
  for (const [computing, tasks] of [[0.01, 8], [0.125, 8], [0.2, 5], [0.33, 3], [0.49, 2], [undefined, 4]] as const) {
    assertEquals(steps({ threads: [1, 1] }).decide({ computing }), `1x${tasks}`, `${computing}`);
  }
  assertEquals(steps({ tasks: [1, 6] }).decide({ computing: 0.01 }), "1x6");
});

Deno.test("tuner: tasks where items wait, threads where they compute; between, threads as long as there are some", () => {
  assertEquals(steps().decide({ computing: 0.29 }), "1x3");
  assertEquals(steps().decide({ computing: 0.49 }), "1x2");
  assertEquals(steps().decide({ computing: 0.51 }), "2x1");
  assertEquals(steps().decide({ computing: 0.95 }), "2x1");
  assertEquals(steps().decide({ sync: true }), "2x1", "a job without promises computes");
  assertEquals(steps({ threads: [1, 1] }).decide({ computing: 0.7 }), "1x2");
  assertEquals(steps({ tasks: [1, 1] }).decide({ computing: 0.31 }), "2x1");
  for (const did of [{ computing: 0.9 }, { computing: 1 }, { sync: true }]) {
    const { tuner, decide } = steps({ threads: [1, 1] });
    assertEquals([decide(did), tuner.settled], [undefined, true]);
  }
  const narrow = steps({ tasks: [1, 1] });
  assertEquals([narrow.decide({ computing: 0.29 }), narrow.tuner.settled], [undefined, true]);
  assertEquals(steps({ threads: [2, 3] }).decide({ sync: true }), "3x1");
});

Deno.test("tuner: a step that makes it less than a tenth faster is undone, and not tried again", () => {
  const wider = steps({ threads: [1, 1] });
  const speeds = [10_000, 11_100, 12_000];
  assertEquals(speeds.map((items) => wider.decide({ items, computing: 0.5 })), ["1x2", "1x4", "1x2"]);
  assertEquals([wider.decide({ items: 12_000, computing: 0.5 }), wider.tuner.settled], [undefined, true]);

  const threads = steps({ tasks: [1, 1] });
  assertEquals([10_000, 11_100, 12_000].map((items) => threads.decide({ items, sync: true })), [
    "2x1",
    "4x1",
    undefined,
  ]);
  assertEquals([threads.tuner.width.threads, threads.tuner.settled], [4, true], "threads stay, and no more are added");
});

Deno.test("tuner: if Deno cannot tell what computes, threads are tried when more tasks do not pay off", () => {
  const { decide } = steps();
  assertEquals([10_000, 10_000, 10_000].map((items) => decide({ items })), ["1x4", "1x1", "2x1"]);
});

Deno.test("tuner: tasks that only queue for the CPU are halved as long as that costs less than a twentieth of the speed", () => {
  const { decide, tuner } = steps({ threads: [1, 1], tasks: [3, 100] });
  assertEquals(decide({ computing: 0.01 }), "1x24");
  assertEquals([100_000, 96_000, 90_000].map((items) => decide({ items, computing: 0.9 })), ["1x12", "1x6", "1x12"]);
  assertEquals([decide({ items: 96_000, computing: 0.9 }), tuner.settled], [undefined, true]);

  const down = steps({ threads: [1, 1], tasks: [3, 100] });
  down.decide({ computing: 0.02 });
  const all = [1, 2, 3, 4].map(() => down.decide({ items: 100_000, computing: 0.95 }));
  assertEquals(all, ["1x12", "1x6", "1x3", undefined], "not below what was asked for");

  const odd = steps({ threads: [1, 1] });
  const items = 100_000;
  assertEquals([odd.decide({ computing: 0.2 }), odd.decide({ items, computing: 0.9 })], ["1x5", "1x3"]);
  assertEquals(odd.decide({ items, computing: 0.2 }), undefined, "tasks are not tried again at once");
});

Deno.test("tuner: where the input is too slow nothing is tried, and neither once it has settled, until the speed changes much", () => {
  const { decide, tuner } = steps({ threads: [1, 1] });
  assertEquals([decide({ computing: 0.1, busy: 0.69 }), tuner.settled], [undefined, true]);
  for (const items of [10_000, 14_900, 6_700]) assertEquals(decide({ items, computing: 0.1 }), undefined, `${items}`);
  assertEquals(decide({ items: 15_100, computing: 0.1 }), "1x8");
  const slower = steps({ threads: [1, 1] });
  slower.decide({ computing: 0.1, busy: 0.5 });
  assertEquals([slower.decide({ items: 6_600, computing: 0.1 }), slower.tuner.settled], ["1x8", false]);
  assertEquals(steps().decide({ computing: 0.1, busy: 0.71 }), "1x8");
});

Deno.test("tuner: what did not pay off is tried again when the speed has changed, but for threads", () => {
  const { decide, tuner } = steps({ tasks: [1, 8] });
  assertEquals([10_000, 10_000].map((items) => decide({ items, computing: 0.6 })), ["2x1", "2x2"]);
  assertEquals(decide({ computing: 0.6 }), "2x1");
  assertEquals([decide({ computing: 0.6 }), tuner.settled], [undefined, true]);
  assertEquals(decide({ items: 20_000, computing: 0.6 }), "2x2");
});

Deno.test("tuner: it decides after 30 ms and two items for each task, not before, and not while threads start", () => {
  const tuner = new ClimbingTuner({ threads: [2, 2], tasks: [3, 100] });
  const read = (items: number, now: number, threads = 2) =>
    tuner.observe({ slot: 0, items, ms: 2 * now, pendingMs: 1, cpuMs: 0, threads }, now);
  assertEquals([read(100, 0), read(100, 29)], [undefined, undefined]);
  assertEquals(read(0, 30)?.tasks, 24, "with what came before");
  const few = new ClimbingTuner({ threads: [2, 2], tasks: [3, 100] });
  const reading = { slot: 0, ms: 200, pendingMs: 1, cpuMs: 0, threads: 2 };
  const later = [[0, 0], [11, 100], [1, 200]].map(([items, now]) => few.observe({ ...reading, items }, now)?.tasks);
  assertEquals(later, [undefined, undefined, 24]);
  const starting = new ClimbingTuner({ threads: [2, 2], tasks: [3, 100] });
  const rows = [[0, 2], [100, 1], [200, 2], [300, 2]];
  const seen = rows.map(([now, threads]) => starting.observe({ ...reading, items: 12, threads }, now)?.tasks);
  assertEquals(seen, [undefined, undefined, 24, undefined]);
});

Deno.test("tuner: says how long an item takes, and how much of that it computes", () => {
  const { tuner, read } = steps();
  read({ items: 1 });
  assertEquals(tuner.finding, undefined);
  read({ items: 100, computing: 0.25 });
  assertEquals(
    tuner.finding,
    { itemMs: 2, cpuMs: 0.25 },
    "an item's promise is pending longer than its thread has work for it",
  );
  const sync = steps({ threads: [1, 1] });
  sync.read({ items: 1 });
  sync.read({ items: 100, sync: true });
  assertEquals(sync.tuner.finding, { itemMs: 1, cpuMs: undefined });
});

Deno.test("tuner: a thread's first reading, without CPU time, does not count as one that computed nothing", () => {
  const tuner = new ClimbingTuner({ threads: [1, 4], tasks: [1, 100] });
  const reading = { slot: 0, items: 10, pendingMs: 100, threads: 1 };
  tuner.observe({ ...reading, ms: 0 }, 0);
  tuner.observe({ ...reading, ms: 20 }, 20);
  assertEquals(tuner.observe({ ...reading, ms: 80, cpuMs: 76 }, 100), { threads: 2, tasks: 1 });
});
