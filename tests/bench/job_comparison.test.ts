import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { type EntrantRun, entrantsOf } from "../../lib/bench/entrant.ts";
import { type ComparisonContext, jobComparison } from "../../lib/bench/job_comparison.ts";
import type { EarlyEnd } from "../../lib/model/reason.ts";
import { sweepCells } from "../../lib/bench/sweep.ts";
import { control, entrants, grid as modes, reading, runsWith, type Times } from "./suite_runs.ts";

const context = {
  job: "job.js",
  amount: { items: 10, passes: 1, rounds: 8 },
  itemsGiven: 10,
  once: false,
  itemsUsed: null,
  entrants,
  control: control.id,
  cores: { all: 2, usable: 2 },
  ownCost: { timerResolutionUs: 1, overheadUs: 1, threadsOverheadUs: 1 },
  digest: "abc",
  lateErrors: { errors: 0, first: undefined },
} as const;
const times: Times = { serial: 400, control: 400, tasks: 200, threads: 210, both: 100 };

function compare(
  runs: readonly EntrantRun[],
  rounds = 8,
  ended: EarlyEnd | null = null,
  rest: Partial<ComparisonContext> = {},
) {
  return jobComparison({ runs, rounds, ended }, { ...context, ...rest });
}

Deno.test("jobComparison: ratios are taken within rounds, so drift from round to round cancels out", () => {
  const { rounds, control, modes, advice, digest, outputsEqual, notices } = compare(runsWith(times));
  assertEquals([rounds, digest, outputsEqual, notices], [8, "abc", true, []]);
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline", "faster", "faster", "faster"]);
  for (const [i, ratio] of [1, 2, 400 / 210, 4].entries()) assertAlmostEquals(modes[i].ratio, ratio);
  assertAlmostEquals(control.ratio ?? NaN, 1);
  assertEquals([control.failed, control.samples.length], [false, 8]);
  assertEquals(modes[3].samples.map(({ round }) => round), [1, 2, 3, 4, 5, 6, 7, 8]);
  const { p50Ms, rssBytes, lagP50Ms, samples } = modes[0];
  assertEquals([p50Ms, rssBytes, lagP50Ms], [2, 4500, 1]);
  assertEquals([samples[0].cpuMs, samples[0].mainCpuMs, samples[0].voluntarySwitches], [290, 1, 5]);
  assertEquals([advice.mode, advice.threads, advice.tasks], ["both", 2, 2]);
});

Deno.test("jobComparison: the phases of an item are those in serial", () => {
  const { computingMs, blockingMs, waitingMs, transferMs, ...rest } = compare(runsWith(times)).phases;
  const serialMs = 400 * 1.45 / 10; // the median round
  assertAlmostEquals(computingMs ?? NaN, 0.75 * 0.9 * serialMs);
  assertAlmostEquals(waitingMs ?? NaN, 0.2 * serialMs); // as long as promises were pending
  assertAlmostEquals(blockingMs ?? NaN, (0.225 - 0.2) * serialMs);
  assertAlmostEquals(transferMs, 0.1 * serialMs);
  assertEquals(rest, { startMs: 30, sendMs: 1, queueMs: 20, receiveMs: 3 });
});

Deno.test("jobComparison: rounds that are missing are named", () => {
  const { rounds, notices } = compare(runsWith(times, { rounds: 7 }), 7, "stopped");
  assertEquals([rounds, notices], [7, [{ kind: "fewer-rounds", rounds: 7, planned: 8, why: "stopped" }]]);
});

Deno.test("jobComparison: a control that shows a difference makes every verdict unclear", () => {
  const { control, modes, advice } = compare(runsWith({ ...times, control: 360 }));
  assert(control.failed);
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline", "unclear", "unclear", "unclear"]);
  assertEquals([advice.kind, advice.reason], ["none", { kind: "control-failed" }]);
});

Deno.test("jobComparison: other programs on the cores make threads unclear, but not tasks", () => {
  const load = { busyMs: 500, ownMs: 290, mainMs: 1, voluntarySwitches: 5, involuntarySwitches: 2 };
  const { contention, modes, advice, breakEvenMs } = compare(runsWith(times, { change: () => ({ load }) }));
  assert(contention.contended);
  assertEquals(breakEvenMs, null); // what waits for a core would count as waiting
  assertEquals(modes.map(({ verdict }) => verdict), ["baseline", "faster", "unclear", "unclear"]);
  const { foreignCores } = contention;
  assertEquals([advice.kind, advice.reason], ["none", { kind: "contended", rounds: 8, foreignCores, cores: 2 }]);
});

Deno.test("jobComparison: warm-up rounds are kept and do not count", () => {
  const warmup = runsWith({ ...times, serial: 10 }, { rounds: 2, first: -1 });
  const { rounds, modes } = compare([...warmup, ...runsWith(times)]);
  assertEquals([rounds, modes[0].samples.length, modes[0].samples[0].round], [8, 10, -1]);
  assertAlmostEquals(modes[1].ratio, 2);
});

Deno.test("jobComparison: runs of different items are compared by their time per item", () => {
  const runs = runsWith(times, { change: ({ mode }) => mode === "tasks" ? { items: 20 } : {} });
  assertAlmostEquals(compare(runs).modes[1].ratio, 4);
});

Deno.test("jobComparison: what is unknown is null", () => {
  const unknown = {
    load: { mainMs: null, voluntarySwitches: 0, involuntarySwitches: 0, busyMs: 1, ownMs: 1 },
    heapBytes: null,
    latency: null,
    worked: { ms: 300, cpuMs: 0, knownMs: 0, pendingMs: 0 },
    slotCpuMs: [],
    lagMs: new Float64Array(),
  };
  const { modes, phases, breakEvenMs } = compare(runsWith(times, { change: () => unknown }));
  const { lagP50Ms, lagP99Ms, samples: [{ mainCpuMs, slotCpuMs, heapBytes }] } = modes[0];
  assertEquals([lagP50Ms, lagP99Ms, mainCpuMs, slotCpuMs, heapBytes], [null, null, null, null, null]);
  assertEquals([phases.computingMs, phases.sendMs, breakEvenMs], [null, null, null]);
});

Deno.test("jobComparison: advice says what the work is like, and from how many items it pays", () => {
  const { advice, breakEvenMs } = compare(runsWith(times));
  assert(advice.kind === "use" && advice.reason.work?.kind === "mixed");
  assertAlmostEquals(advice.reason.work.computing, 0.675);
  assertAlmostEquals(advice.reason.work.waiting, 0.2);
  assertAlmostEquals(advice.reason.ratio ?? NaN, 4);
  // of 58 ms for an item 43.5 are saved
  assertEquals(advice.changes[0], { kind: "start-up", items: 1, longerMs: 30 });
  assertAlmostEquals(breakEvenMs ?? NaN, 0.175 * 58, 0.1); // waiting - blocking
});

Deno.test("jobComparison: threads need a core each, but no more than there are for us", () => {
  const load = { busyMs: 1440, ownMs: 0, mainMs: 1, voluntarySwitches: 5, involuntarySwitches: 2 };
  const equal = { serial: 800, control: 800, tasks: 800, threads: 800, both: 800 };
  const runs = runsWith(equal, {
    change: (_, round) => ({ load: { ...load, busyMs: load.busyMs * (1 + round / 10) } }),
  });
  const isContended = (all: number, usable: number) =>
    compare(runs, 8, null, { cores: { all, usable } }).contention.contended; // 1.8 cores are foreign
  assertEquals([isContended(4, 4), isContended(3, 3), isContended(3, 1)], [false, true, false]);
});

Deno.test("jobComparison: an early end costs some certainty", () => {
  const runs = runsWith(times, { rounds: 12 }).map((run) =>
    run.entrant === entrants[2].id ? { ...run, elapsedMs: run.elapsedMs * (1 + run.round % 4 / 50) } : run
  );
  const widthOf = (ended: EarlyEnd) => {
    const { interval } = compare(runs, 12, ended).modes[2];
    assert(interval !== null);
    return interval[1] - interval[0];
  };
  assert(widthOf("settled") > widthOf("stopped"), `${widthOf("settled")} ${widthOf("stopped")}`);
});

Deno.test("jobComparison: outputs that were not compared are neither equal nor different", () => {
  const { outputsEqual, digest, grid } = compare(runsWith(times), 8, null, { digest: undefined });
  assertEquals([outputsEqual, digest, grid], [null, null, null]);
});

Deno.test("jobComparison: a sweep has its cells in a grid, and its four modes decide what needs cores", () => {
  const cells = sweepCells(modes, 4, 100);
  const swept = entrantsOf("job", cells, undefined as never);
  const load = { busyMs: 180, ownMs: 0, mainMs: 1, voluntarySwitches: 5, involuntarySwitches: 2 }; // 1.8 of 4 cores
  const runs = Array.from({ length: 8 }, (_, i) => i + 1).flatMap((round) =>
    [...swept, control].map(({ id, cell }): EntrantRun => ({
      entrant: id,
      round,
      ...reading(100 / Math.min(2, cell.threads), { load: { ...load, busyMs: 180 / Math.min(2, cell.threads) } }),
    }))
  );
  const found = compare(runs, 8, null, { entrants: swept, cores: { all: 4, usable: 4 } });
  assertEquals(
    found.modes.map(({ threads, tasks }) => [threads, tasks]),
    modes.map(({ threads, tasks }) => [threads, tasks]),
  );
  assertEquals([found.grid?.cells.length, found.grid?.threads], [cells.length, [1, 2, 4]]);
  assertEquals([found.contention.contended, found.advice.threads, found.advice.tasks], [false, 2, 1]);
});
