import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Rate, type RateOptions, Rates, slowestMs } from "../../../lib/exec/pace/rates.ts";

const rate = fc.record({ count: fc.integer({ min: 1, max: 20 }), ms: fc.integer({ min: 1, max: 500 }) });
const options = fc.record({
  rates: fc.array(rate, { maxLength: 3 }),
  burst: fc.integer({ min: 1, max: 6 }),
  delayMs: fc.constantFrom(0, 0, 3, 40),
});
/** How much later each question comes: in a run, an item arrives or a timer fires, on time or late. */
const gaps = fc.array(fc.oneof(fc.double({ min: 0, max: 8, noNaN: true }), fc.nat(400)), {
  minLength: 20,
  maxLength: 200,
});

/** Starts an item whenever one may start at one of these times. Returns when that was. */
function startsAt(given: RateOptions, times: Iterable<number>): number[] {
  const rates = new Rates(given);
  const starts: number[] = [];
  for (const now of times) {
    if (rates.waitMs(now) > 0) continue;
    rates.start(now);
    starts.push(now);
  }
  return starts;
}

function* after(gaps: readonly number[]): Generator<number> {
  let now = 0;
  for (const gap of gaps) yield now += gap;
}

/** The most starts in any window `[t, t + ms)`; rounding may end one a little early. */
function most(starts: readonly number[], ms: number): number {
  return Math.max(0, ...starts.map((from) => starts.filter((at) => at >= from && at < from + ms - 1e-6).length));
}

const periodOf = ({ count, ms }: Rate) => ms / count;

Deno.test("rates: whenever items come, no window of any rate has more starts than it says, and a burst more of the slowest", () => {
  fc.assert(fc.property(options, gaps, (given, gaps) => {
    const starts = startsAt(given, after(gaps));
    const slowest = slowestMs(given.rates);
    for (const rate of given.rates) {
      const extra = periodOf(rate) === slowest ? given.burst - 1 : 0;
      const found = most(starts, rate.ms);
      assert(found <= rate.count + extra, `${found} in ${rate.ms} ms`);
    }
    for (const [i, at] of starts.entries()) {
      assert(i === 0 || at - starts[i - 1] >= given.delayMs - 1e-6, `after ${at - starts[i - 1]} ms`);
    }
  }));
});

Deno.test("rates: the first item starts at once, and the wait that they tell is exact", () => {
  fc.assert(fc.property(options, gaps, (given, gaps) => {
    const rates = new Rates(given);
    let now = 0;
    for (const [i, gap] of gaps.entries()) {
      const waitMs = rates.waitMs(now += gap);
      if (i === 0) assertEquals(waitMs, 0);
      if (waitMs > 1e-3) assert(rates.waitMs(now + waitMs - 1e-4) > 0, "not earlier");
      now += waitMs;
      assert(rates.waitMs(now + 1e-9) === 0, "not later");
      rates.start(now);
    }
  }));
});

Deno.test("rates: without a burst, starts are spaced evenly from the first one on", () => {
  const times = Array.from({ length: 4_000 }, (_, ms) => ms);
  const starts = startsAt({ rates: [{ count: 10, ms: 1_000 }] }, times);
  assertEquals(starts.length, 40);
  for (const [i, at] of starts.entries()) {
    assert(i === 0 || at - starts[i - 1] >= 100, `after ${at - starts[i - 1]} ms`);
  }
});

Deno.test("rates: a timer that is 2 ms late each time costs no speed: at least 99 % of the rate", () => {
  for (const count of [10, 100, 400]) {
    const rates = new Rates({ rates: [{ count, ms: 1_000 }] });
    let [now, starts] = [0, 0];
    while (now < 20_000) {
      for (; rates.waitMs(now) === 0; starts++) rates.start(now);
      now += rates.waitMs(now) + 2;
    }
    assert(starts >= 0.99 * 20 * count, `${starts} starts`);
  }
});

Deno.test("rates: a burst starts at once, and then its rate spaces; a faster rate spaces the burst", () => {
  const minute = { count: 60, ms: 60_000 };
  const times = Array.from({ length: 5_000 }, (_, ms) => ms);
  assertEquals(startsAt({ rates: [minute], burst: 4 }, times).slice(0, 5), [0, 1, 2, 3, 1_001]);
  const spaced = startsAt({ rates: [{ count: 10, ms: 1_000 }, minute], burst: 4 }, times);
  assertEquals(spaced.slice(0, 4).map((at) => Math.round(at / 100)), [0, 1, 2, 3]);
  assert(spaced[4] >= 990 && spaced[5] - spaced[4] >= 990, `${spaced}`);
});

Deno.test("rates: time in which the program was stopped is worth no more than a burst", () => {
  for (const burst of [1, 4]) {
    const rates = new Rates({ rates: [{ count: 5, ms: 1_000 }], burst });
    rates.start(0);
    let starts = 0;
    for (; rates.waitMs(3_600_000) === 0; starts++) rates.start(3_600_000);
    assertEquals(starts, burst);
  }
});
