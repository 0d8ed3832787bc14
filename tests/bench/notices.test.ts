import { assertEquals } from "@std/assert";
import { noticesOn } from "../../lib/bench/notices.ts";
import type { ComparedMode, Mode } from "../../lib/model.ts";

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
    lagP99Ms: null,
    rssBytes: null,
    samples: times.map((elapsedMs, i) => ({ round: i + 1, elapsedMs, cpuMs: null, rssBytes: null })),
  };
}

const whole = { rounds: 6, planned: 6, stopped: false };
const steady = [100, 101, 99, 100, 102, 98];

Deno.test("noticesOn: nothing where all is well", () => {
  assertEquals(noticesOn([measured("serial", steady), measured("tasks", steady)], whole), []);
});

Deno.test("noticesOn: slow rounds, short runs, rounds that are missing", () => {
  const slow = measured("threads", [160, ...steady.slice(1)]);
  assertEquals(noticesOn([measured("serial", steady), slow], whole), [
    "round 1 of threads took 1.59× its median; it counts",
  ]);
  const short = measured("serial", steady.map((ms) => ms / 100));
  assertEquals(noticesOn([short], { ...whole, planned: 12 }), [
    "6 of 12 rounds were run, as there was no time for more: --max-time",
    "a run of serial took only 1.00 ms, so its start and end weigh much: give more items",
  ]);
});
