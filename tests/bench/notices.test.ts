import { assertEquals } from "@std/assert";
import { noticesOn } from "../../lib/bench/notices.ts";
import type { ComparedMode } from "../../lib/model/comparison.ts";
import type { Mode } from "../../lib/model/grid.ts";

const nothing = {
  startMs: 1,
  cpuMs: null,
  mainCpuMs: null,
  slotCpuMs: null,
  rssBytes: null,
  heapBytes: null,
  p99Ms: null,
  lagP99Ms: null,
  voluntarySwitches: null,
  involuntarySwitches: null,
};

function measured(mode: Mode, times: readonly number[]): ComparedMode {
  return {
    mode,
    threads: 1,
    tasks: 1,
    itemsPerSecond: 1,
    ratio: 1,
    interval: null,
    verdict: "same",
    reason: null,
    p50Ms: 1,
    p99Ms: 1,
    lagP50Ms: null,
    lagP99Ms: null,
    rssBytes: null,
    samples: times.map((elapsedMs, i) => ({ ...nothing, round: i + 1, elapsedMs })),
  };
}

const whole = { rounds: 6, planned: 6, ended: "time" } as const;
const steady = [100, 101, 99, 100, 102, 98];

Deno.test("noticesOn: nothing if all is well", () => {
  assertEquals(noticesOn([measured("serial", steady), measured("tasks", steady)], whole), []);
});

Deno.test("noticesOn: slow rounds, short runs, missing rounds", () => {
  const slow = measured("threads", [160, ...steady.slice(1)]);
  assertEquals(noticesOn([measured("serial", steady), slow], whole, { slowStart: "warm up" }), [
    "round 1 of threads took 1.59× its median (still counted); if that recurs: warm up",
  ]);
  const short = measured("serial", steady.map((ms) => ms / 100));
  assertEquals(noticesOn([short], { ...whole, planned: 12 }, { time: "give more" }), [
    "only 6 of 12 rounds were run: time was up (give more)",
    "a run of serial took only 1.00 ms, so its start and end distort it: give more items or more time",
  ]);
});

Deno.test("noticesOn: why rounds are missing", () => {
  const [stopped] = noticesOn([measured("serial", steady)], { ...whole, planned: 12, ended: "stopped" });
  assertEquals(stopped, "only 6 of 12 rounds were run: it was stopped");
  const [settled] = noticesOn([measured("serial", steady)], { ...whole, planned: 12, ended: "settled" });
  assertEquals(settled, "only 6 of 12 rounds were run: every difference was settled");
});

Deno.test("noticesOn: warm-up rounds do not count", () => {
  const { samples, ...rest } = measured("serial", steady);
  const warmed = { ...rest, samples: [{ ...samples[0], round: 0, elapsedMs: 1000 }, ...samples] };
  assertEquals(noticesOn([warmed], whole), []);
});
