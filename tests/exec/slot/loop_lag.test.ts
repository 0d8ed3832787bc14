import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { LoopLag } from "../../../lib/exec/slot/loop_lag.ts";

/** A loop whose time passes as the test says. */
function virtualLoop() {
  let now = 1_000;
  let timers: { readonly at: number; readonly callback: () => void }[] = [];
  const lag = new LoopLag({
    now: () => now,
    after: (ms, callback) => timers.push({ at: now + ms, callback }),
  });
  return {
    lag,
    /** Timers that are under way. */
    get timers() {
      return timers.length;
    },
    /** The thread computes: no timer fires. */
    block(ms: number) {
      now += ms;
    },
    /** The loop is free: what is due by then fires, `late` after its time, as Deno's timers do. */
    rest(ms: number, late = 1) {
      const end = now + ms;
      while (timers.length > 0) {
        const { at, callback } = timers[0];
        if (at + late > end) break;
        timers = timers.slice(1);
        now = Math.max(now, at + late);
        callback();
      }
      now = Math.max(now, end);
    },
  };
}

Deno.test("loop lag: a loop at rest has none: a tick each 5 ms, of which Deno's timers take one by themselves", () => {
  const { lag, rest } = virtualLoop();
  lag.begin();
  rest(52);
  assertEquals(lag.take(), Array(10).fill(0));
  rest(5);
  assertEquals([lag.take(), lag.take()], [[0], []]);
});

Deno.test("loop lag: timers that fire early have no lag", () => {
  const { lag, rest } = virtualLoop();
  lag.begin();
  rest(20, 0);
  assertEquals(lag.take(), [0, 0, 0, 0, 0]);
});

Deno.test("loop lag: a timer that fires L late stands for ticks L, L - 5, L - 10, ... late", () => {
  const { lag, block, rest } = virtualLoop();
  lag.begin();
  block(50);
  rest(0);
  assertEquals(lag.take(), [45, 40, 35, 30, 25, 20, 15, 10, 5]); // the tick at 50 came in time
  rest(6);
  assertEquals(lag.take(), [0]);
  block(16);
  rest(0);
  assertEquals(lag.take(), [12, 7, 2]); // one tick was set at 55, due at 60, the loop was blocked from 56 to 72
});

Deno.test("loop lag: as many ticks as if none had waited for another, and as late", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 2_000 }), (blockedMs) => {
    const { lag, block, rest } = virtualLoop();
    lag.begin();
    block(blockedMs);
    rest(0);
    const due = Array.from({ length: 400 }, (_, i) => 5 * (i + 1));
    const late = lag.take().filter((ms) => ms > 0);
    assertEquals(late, due.filter((at) => at < blockedMs).map((at) => blockedMs - at));
  }));
});

Deno.test("loop lag: a timer that is overdue when work ends has lagged so far, and no longer", () => {
  const { lag, block, rest } = virtualLoop();
  lag.begin();
  block(17);
  lag.end();
  assertEquals(lag.take(), [12, 7, 2]);
  block(1_000);
  rest(100);
  assertEquals(lag.take(), []);
});

Deno.test("loop lag: a slot without work has no timer: what was under way fires once, unheard", () => {
  const loop = virtualLoop();
  assertEquals(loop.timers, 0);
  loop.lag.begin();
  loop.rest(7);
  loop.lag.end();
  assertEquals([loop.lag.take(), loop.timers], [[0], 1]);
  loop.rest(100);
  assertEquals([loop.lag.take(), loop.timers], [[], 0]);
});

Deno.test("loop lag: batches one after the other keep one timer, and each lag counts from its batch's beginning", () => {
  const loop = virtualLoop();
  const { lag, block } = loop;
  for (let batch = 0; batch < 3; batch++) {
    lag.begin();
    block(12);
    lag.end();
    block(1);
  }
  assertEquals([lag.take(), loop.timers], [[7, 2, 12, 7, 2, 12, 7, 2], 1]);
});

Deno.test("loop lag: work that begins or ends again is nothing new", () => {
  const { lag, block, rest } = virtualLoop();
  lag.end();
  lag.begin();
  block(4);
  lag.begin();
  block(6);
  rest(0);
  lag.end();
  lag.end();
  assertEquals(lag.take(), [5]);
});
