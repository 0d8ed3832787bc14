import { assert, assertAlmostEquals, assertEquals, assertMatch } from "@std/assert";
import { compareModes } from "../../lib/bench/comparison.ts";
import { corners } from "../../lib/bench/experiment.ts";
import type { JobRun } from "../../lib/bench/mode_rounds.ts";
import type { Mode } from "../../lib/model/grid.ts";

type Times = Readonly<Record<Mode | "control", number>>;

const grid = corners(2, 4);
const context = {
  job: "job.js",
  itemCount: 10,
  itemsGiven: 10,
  passes: 1,
  once: false,
  cells: grid,
  cores: { all: 2, needed: 2, usableCores: 2 },
  ownCost: { timerResolutionUs: 1, overheadUs: 1, threadsOverheadUs: 1 },
  digest: "abc",
  planned: 8,
  ended: "time",
} as const;
const times: Times = { serial: 400, control: 400, tasks: 200, threads: 210, both: 100 };

/** Runs with these times. Each round is slower than the one before, as on a machine that heats up. */
function runsOf(times: Times, rounds = 8, used = { busyMs: 300, ownMs: 290 }, first = 1): JobRun[] {
  const entrants = [...grid.map((cell) => ({ cell, control: false })), { cell: grid[0], control: true }];
  return Array.from({ length: rounds }, (_, i) => i + first).flatMap((round) =>
    entrants.map(({ cell, control }) => {
      const elapsedMs = times[control ? "control" : cell.mode] * (1 + round / 10);
      return {
        cell,
        control,
        round,
        startMs: 30 * cell.threads,
        elapsedMs,
        items: 10,
        load: { ...used, mainMs: 1, voluntarySwitches: 5, involuntarySwitches: 2 },
        rssBytes: 1000 * round,
        heapBytes: 500,
        worked: { ms: 0.9 * elapsedMs, cpuMs: 0.6 * elapsedMs, knownMs: 0.8 * elapsedMs, pendingMs: 0.2 * elapsedMs },
        slotCpuMs: [0.6 * elapsedMs],
        latency: { sendMs: 10, queueMs: 200, receiveMs: 30 },
        itemMs: Float64Array.of(1, 2, 3),
        lagMs: Float64Array.of(0, 1, 8),
      };
    })
  );
}

Deno.test("compareModes: ratios are taken within rounds, so drift from round to round cancels out", () => {
  const { rounds, control, modes, advice, digest, notices } = compareModes(runsOf(times), context);
  assertEquals([rounds, digest, notices], [8, "abc", []]);
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline", "faster", "faster", "faster"]);
  for (const [i, ratio] of [1, 2, 400 / 210, 4].entries()) assertAlmostEquals(modes[i].ratio, ratio);
  assertAlmostEquals(control.ratio, 1);
  assertEquals(control.failed, false);
  assertEquals(modes[3].samples.map(({ round }) => round), [1, 2, 3, 4, 5, 6, 7, 8]);
  const { p50Ms, rssBytes, lagP50Ms, samples } = modes[0];
  assertEquals([p50Ms, rssBytes, lagP50Ms], [2, 4500, 1]);
  assertEquals([samples[0].cpuMs, samples[0].mainCpuMs, samples[0].voluntarySwitches], [290, 1, 5]);
  assert(advice.kind === "use");
  assertEquals(advice.cell, { mode: "both", threads: 2, tasks: 2 });
});

Deno.test("compareModes: the phases of an item are those in serial", () => {
  const { computingMs, blockingMs, waitingMs, transferMs, ...rest } = compareModes(runsOf(times), context).phases;
  const serialMs = 400 * 1.45 / 10; // the median round
  assertAlmostEquals(computingMs ?? NaN, 0.75 * 0.9 * serialMs);
  assertAlmostEquals(waitingMs ?? NaN, 0.2 * serialMs); // as long as promises were pending
  assertAlmostEquals(blockingMs ?? NaN, (0.225 - 0.2) * serialMs);
  assertAlmostEquals(transferMs, 0.1 * serialMs);
  assertEquals(rest, { startMs: 30, sendMs: 1, queueMs: 20, receiveMs: 3 });
});

Deno.test("compareModes: a round that was cut short is left out", () => {
  const runs = runsOf(times);
  const { rounds, notices } = compareModes(runs.slice(0, -1), { ...context, ended: "stopped" });
  assertEquals([rounds, notices], [7, ["only 7 of 8 rounds were run: it was stopped"]]);
});

Deno.test("compareModes: a control that shows a difference makes every verdict unclear", () => {
  const { control, modes, advice } = compareModes(runsOf({ ...times, control: 360 }), context);
  assert(control.failed);
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline", "unclear", "unclear", "unclear"]);
  assertEquals(advice.kind, "none");
});

Deno.test("compareModes: other programs on the cores make threads unclear, but not tasks", () => {
  const { contention, modes, advice } = compareModes(runsOf(times, 8, { busyMs: 500, ownMs: 290 }), context);
  assert(contention?.contended);
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline", "faster", "unclear", "unclear"]);
  assertEquals(advice, { kind: "none", reason: "other programs took cores that threads need in 8 rounds" });
});

Deno.test("compareModes: warm-up rounds are kept and do not count", () => {
  const warmup = runsOf({ ...times, serial: 10 }, 2, undefined, -1);
  const { rounds, modes } = compareModes([...warmup, ...runsOf(times)], context);
  assertEquals([rounds, modes[0].samples.length, modes[0].samples[0].round], [8, 10, -1]);
  assertAlmostEquals(modes[1].ratio, 2);
});

Deno.test("compareModes: runs of different items are compared by their time per item", () => {
  const runs = runsOf(times).map((run) => run.cell.mode === "tasks" ? { ...run, items: 20 } : run);
  assertAlmostEquals(compareModes(runs, context).modes[1].ratio, 4);
});

Deno.test("compareModes: what is unknown is null", () => {
  const unknown = { mainMs: undefined, voluntarySwitches: 0, involuntarySwitches: 0, busyMs: 1, ownMs: 1 };
  const runs = runsOf(times).map((run) => ({
    ...run,
    load: unknown,
    heapBytes: undefined,
    latency: undefined,
    worked: { ms: 300, cpuMs: 0, knownMs: 0, pendingMs: 0 },
    slotCpuMs: [],
    lagMs: new Float64Array(),
  }));
  const { modes, phases, breakEvenMs } = compareModes(runs, context);
  const { lagP50Ms, lagP99Ms, samples: [{ mainCpuMs, slotCpuMs, heapBytes }] } = modes[0];
  assertEquals([lagP50Ms, lagP99Ms, mainCpuMs, slotCpuMs, heapBytes], [null, null, null, null, null]);
  assertEquals([phases.computingMs, phases.sendMs, breakEvenMs], [null, null, null]);
});

Deno.test("compareModes: advice says what the work is like, and from how many items it pays", () => {
  const { advice, breakEvenMs } = compareModes(runsOf(times), context);
  assert(advice.kind === "use");
  assertMatch(advice.reason, /^an item computes 68 % of its time and waits 20 %, and it is 4\.00× as fast as serial/);
  // 30 ms more to start; of 58 ms for an item 43.5 are saved
  assertEquals(advice.changes[0], "It pays from 1 item on: its threads take 30.0 ms more to start");
  assertAlmostEquals(breakEvenMs ?? NaN, 0.175 * 58, 0.1); // waiting - blocking
});
