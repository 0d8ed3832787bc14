import { assertEquals } from "@std/assert";
import type { Pressure } from "../../../lib/machine_pressure.ts";
import { type PressureLimits, PressureRule } from "../../../lib/exec/tuning/pressure_rule.ts";

/** What a rule decides about these pressures, one each 500 ms, while items run. */
function decided(limits: PressureLimits, ...pressures: readonly Partial<Pressure>[]) {
  const rule = new PressureRule(limits);
  return pressures.map((pressure, i) => {
    const most = rule.look({ load: undefined, freeBytes: undefined, ...pressure }, true, 500 * i);
    return [most, rule.held?.kind];
  });
}

const free = [Infinity, undefined];

Deno.test("pressure rule: a load above the limit holds starts back, until it is at most 90 % of it", () => {
  const loads = [0.8, 0.81, 0.73, 0.72, 0.79, 0.9].map((load) => ({ load }));
  const held = [0, "load" as const];
  assertEquals(decided({ load: 0.8 }, ...loads), [free, held, held, free, free, held]);
});

Deno.test("pressure rule: so does memory below the limit, until there is a ninth more", () => {
  const frees = [90, 89, 99, 100, 91].map((freeBytes) => ({ freeBytes }));
  const held = [0, "memory" as const];
  assertEquals(decided({ freeBytes: 90 }, ...frees), [free, held, held, free, free]);
});

Deno.test("pressure rule: each limit counts for itself; what is not known or not limited does not", () => {
  const limits = { load: 0.5, freeBytes: 100 };
  assertEquals(
    decided(limits, { load: 1, freeBytes: 1 }, { load: 1 }, { freeBytes: 1 }, {}),
    [[0, "memory"], [0, "load"], [0, "memory"], free],
  );
  assertEquals(decided({}, { load: 9, freeBytes: 0 }), [free]);
});

Deno.test("pressure rule: if nothing runs for 10 s, each thread may run one item at a time until the next look, and again after 10 s", () => {
  const rule = new PressureRule({ load: 0.5 });
  const most = (now: number, runs: boolean) => rule.look({ load: 1, freeBytes: undefined }, runs, now);
  assertEquals([0, 500, 9_999].map((now) => most(now, false)), [0, 0, 0]);
  assertEquals(most(10_000, false), 1);
  assertEquals(most(10_500, false), 0); // it was a quick one
  assertEquals(most(20_000, false), 1);
  assertEquals(most(20_500, true), 0);
  assertEquals([21_000, 30_999].map((now) => most(now, false)), [0, 0]); // counted from when nothing ran
  assertEquals(most(31_000, false), 1);
});

Deno.test("pressure rule: a hold that ends is forgotten", () => {
  const rule = new PressureRule({ load: 0.5 });
  rule.look({ load: 1, freeBytes: undefined }, false, 0);
  assertEquals(rule.look({ load: 0, freeBytes: undefined }, false, 9_000), Infinity);
  assertEquals(rule.look({ load: 1, freeBytes: undefined }, false, 12_000), 0);
});
