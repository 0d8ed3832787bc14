import { assertEquals } from "@std/assert";
import { corners } from "../../lib/bench/experiment.ts";
import type { JobRun } from "../../lib/bench/mode_rounds.ts";
import { isSettled } from "../../lib/bench/settled.ts";
import type { Mode } from "../../lib/model/grid.ts";

const grid = corners(2, 4);
const nothing = {
  control: false,
  items: 1,
  startMs: 1,
  load: { busyMs: 1, ownMs: 1, mainMs: 1, voluntarySwitches: 1, involuntarySwitches: 1 },
  rssBytes: 1,
  heapBytes: 1,
  worked: { ms: 1, cpuMs: 1, knownMs: 1, pendingMs: 1 },
  slotCpuMs: [1],
  latency: undefined,
  itemMs: new Float64Array(),
  lagMs: new Float64Array(),
};

/** Runs with these times. `first` is the number of the first round; every other round is slower by `noise`. */
function runsOf(times: Readonly<Record<Mode, number>>, rounds: number, noise = 0, first = 1): JobRun[] {
  return Array.from({ length: rounds }, (_, i) => i + first).flatMap((round) =>
    grid.map((cell, i) => {
      const elapsedMs = times[cell.mode] * (1 + (round % 2 === 0 && i > 0 ? noise : 0));
      return { ...nothing, cell, round, elapsedMs };
    })
  );
}

Deno.test("isSettled: if every difference is clear, after 10 rounds and not before", () => {
  const clear = { serial: 100, tasks: 100, threads: 50, both: 50 };
  assertEquals(isSettled(runsOf(clear, 10), grid), true);
  assertEquals(isSettled(runsOf(clear, 9), grid), false);
});

Deno.test("isSettled: not if one difference is not clear", () => {
  const near = { serial: 100, tasks: 100, threads: 50, both: 98 };
  assertEquals(isSettled(runsOf(near, 20, 0.05), grid), false);
});

Deno.test("isSettled: warm-up rounds do not count", () => {
  const clear = { serial: 100, tasks: 100, threads: 50, both: 50 };
  assertEquals(isSettled([...runsOf(clear, 3, 0, -2), ...runsOf(clear, 9)], grid), false);
});
